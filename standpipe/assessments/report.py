"""A report as the parts of a letter. Pure."""

from __future__ import annotations

from datetime import date

from standpipe.assessments.findings import shown_finding
from standpipe.assessments.referral import ReferralView, ReportView
from standpipe.kernel.text import Text
from standpipe.packs.assessment import AssessmentDefinition

TITLE = Text("Assessment report", "Adroddiad asesu")
_ABOUT = Text("About: {title}", "Ynghylch: {title}")
_BY = Text("Assessed by {by}, reported on {on}.", "Aseswyd gan {by}, adroddwyd ar {on}.")
_DECLARED = Text(
    "The assessor declared that they neither treat the person nor are related to them.",
    "Datganodd yr asesydd nad yw’n trin y person nac yn perthyn iddo.",
)
_NAMED = Text(
    "A name like the assessor’s stands among those who treat the person.",
    "Mae enw tebyg i un yr asesydd ymhlith y rhai sy’n trin y person.",
)
_EVIDENCE = Text("Evidence: {words}", "Tystiolaeth: {words}")
_LAW = Text("Rests on: {law}", "Yn seiliedig ar: {law}")
_RECOMMENDATION = Text("Recommendation", "Argymhelliad")
_NOT_DECIDED = Text(
    "This is a recommendation. The organisation that asked decides.",
    "Argymhelliad yw hwn. Y sefydliad a ofynnodd sy’n penderfynu.",
)


def report_paragraphs(
    definition: AssessmentDefinition,
    referral: ReferralView,
    report: ReportView,
    *,
    title: str,
    on: str,
) -> list[str]:
    """Return what a report says, in its own language; `title` is whom it is about."""
    language = report.language

    def say(text: Text, **values: str) -> str:
        return text.in_(language).format(**values)

    parts = [
        say(_ABOUT, title=title),
        say(_BY, by=report.by, on=on),
        say(_NAMED if referral.is_named_as_treating else _DECLARED),
    ]
    for one in report.findings:
        criterion = definition.criterion(one["criterion"])
        # Each in a line of its own: what an assessor wrote is never taken for a heading.
        parts.append(f"# {criterion.label.in_(language)}")
        lines = [shown_finding(criterion, one["value"], language=language)]
        if one["evidence"]:
            lines.append(say(_EVIDENCE, words=" ".join(one["evidence"].split())))
        lines.append(say(_LAW, law=criterion.law))
        parts.append("\n".join(" ".join(line.split()) for line in lines))
    parts.append(f"# {say(_RECOMMENDATION)}")
    parts.append(definition.recommendations[report.recommendation].label.in_(language))
    parts.append(" ".join(report.words.split()))
    parts.append(say(_NOT_DECIDED))
    return parts


def file_name(reference: str, on: date) -> str:
    """Return the name of a report as a file."""
    return f"{reference}-{on.isoformat()}.pdf"
