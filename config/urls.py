"""Every address of the platform, and in `standpipe.web.access` who may use it."""

from __future__ import annotations

from importlib import import_module

from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from config.health import live, ready
from config.interfaces import manifests
from config.metrics import metrics
from standpipe.api.doors import api
from standpipe.api.tokens import give_token
from standpipe.web.access import declared, open_to
from standpipe.web.account_urls import account_routes
from standpipe.web.assessors import queue as assessors_queue
from standpipe.web.assessors import referral, slots
from standpipe.web.assist import beginning, papers
from standpipe.web.assist import pages as assisting
from standpipe.web.citizen import (
    about,
    appointment,
    assessment,
    held,
    outcome,
    own,
    paper,
    questions,
    receipt,
    review,
    saving,
    sending,
    start,
)
from standpipe.web.figures import feedback
from standpipe.web.figures import overview as overview_of_figures
from standpipe.web.kiosk import pages as kiosk
from standpipe.web.look import look
from standpipe.web.policy import drafting, effects, files, overview, publishing, texts
from standpipe.web.second_factor import second_factor
from standpipe.web.staff import (
    case,
    deciding,
    giving_back,
    intake,
    mandates,
    numbers,
    posting,
    quality,
    queue,
    reassigning,
    referring,
    register,
    reviewing,
)

handler400 = "standpipe.web.problems.bad_request"
handler403 = "standpipe.web.problems.forbidden"
handler404 = "config.not_found.not_found"
handler500 = "standpipe.web.problems.failed"

# What a system may read before it has a token.
OPEN_API = frozenset({"api-root", "openapi-json", "list_services", "read_service"})
# These two answer any method alike, if they are let.
WRITTEN_BY_NINJA = frozenset({"api-root", "openapi-json"})

public = [
    path("", start.home, name="home"),
    path("services/<slug:service>", start.service, name="service"),
    path("services/<slug:service>/start", start.start, name="start"),
    path("services/<slug:service>/paper.pdf", paper.paper, name="paper_form"),
    path("services/<slug:service>/privacy", start.service_privacy, name="service_privacy"),
    path("privacy", start.privacy, name="privacy"),
    path("cookies", start.cookies, name="cookies"),
    path("accessibility", start.accessibility, name="accessibility"),
    path("look/<slug:organisation>.css", look, name="look"),
    path("return", saving.come_back_to, name="come_back"),
    path("return/code", saving.return_code, name="return_code"),
]

own_pages = [
    path("", own.applications, name="applications"),
    path("/<slug:reference>", questions.application, name="application"),
    path("/<slug:reference>/questions/<slug:page>", questions.question, name="question"),
    path("/<slug:reference>/answers", sending.check_answers, name="check_answers"),
    path("/<slug:reference>/pay", sending.pay, name="pay"),
    path("/<slug:reference>/paid", sending.paid, name="paid"),
    path("/<slug:reference>/outcome", outcome.outcome, name="outcome"),
    path("/<slug:reference>/assessment", assessment.assessment, name="own_assessment"),
    path("/<slug:reference>/appointment", appointment.appointment, name="appointment"),
    path("/<slug:reference>/appointment/cancel", appointment.cancel, name="cancel_appointment"),
    path("/<slug:reference>/appointment.ics", appointment.calendar, name="appointment_calendar"),
    path("/<slug:reference>/letter", outcome.letter, name="letter"),
    path("/<slug:reference>/feedback", feedback.feedback, name="feedback"),
    path("/<slug:reference>/receipt", receipt.receipt, name="receipt"),
    path("/<slug:reference>/review", review.review, name="ask_review"),
    path("/<slug:reference>/more", outcome.send_more, name="send_more"),
    path("/<slug:reference>/withdraw", outcome.withdraw_application, name="withdraw"),
    path("/<slug:reference>/save", saving.save_for_later, name="save"),
    path("/<slug:reference>/files/<uuid:document>", outcome.own_file, name="own_file"),
]

held_pages = [
    path("services/<slug:service>/about", about.about, name="about"),
    path("services/<slug:service>/renew/<uuid:entry>", held.renew, name="renew"),
    path("held", held.held, name="held"),
]

register_pages = [
    path("", register.register, name="register"),
    path("/orders", register.orders, name="orders"),
    path("/twice", register.twice, name="twice"),
    path("/orders/<uuid:entry>", register.order_again, name="order_again"),
    path("/<uuid:entry>", register.entry, name="entry"),
    path("/<uuid:entry>/<slug:act>", register.act, name="entry_act"),
]

staff_pages = [
    path("", queue.queue, name="queue"),
    path("numbers", numbers.check_number, name="check_number"),
    path("numbers/note", numbers.note_misuse, name="note_misuse"),
    path("cases/<slug:reference>", case.case, name="case"),
    path("cases/<slug:reference>/files/<uuid:document>", case.case_file, name="case_file"),
    path("cases/<slug:reference>/decide", deciding.decide_case, name="decide"),
    path("cases/<slug:reference>/review", reviewing.review_case, name="review_case"),
    path("cases/<slug:reference>/review/open", reviewing.open_review, name="open_review"),
    path("cases/<slug:reference>/ask", deciding.ask, name="ask_for_more"),
    path("cases/<slug:reference>/assign", deciding.assign_case, name="assign"),
    path("cases/<slug:reference>/mandate", mandates.end_leave, name="end_leave"),
    path("cases/<slug:reference>/fee", giving_back.give_back, name="give_back_fee"),
    path("cases/<slug:reference>/note", deciding.add_note, name="note"),
    path("post", posting.post, name="post"),
    path("post/<uuid:message>.pdf", posting.post_letter, name="post_letter"),
    path("quality", quality.quality, name="quality"),
    path("quality/<uuid:sample>", quality.sample, name="sample"),
    path("quality/<uuid:sample>/<slug:reference>", quality.sampled, name="sampled"),
    path("reassign", reassigning.reassign_cases, name="reassign"),
    path("cases/<slug:reference>/refer", referring.refer_case, name="refer_case"),
    path("cases/<slug:reference>/take-back", referring.take_back_case, name="take_back"),
    path("cases/<slug:reference>/tasks/<slug:task>", deciding.do_task, name="finish_task"),
]

assessor_pages = [
    path("", assessors_queue.referrals, name="referrals"),
    path("slots", slots.slots, name="slots"),
    path("slots/<uuid:slot>/remove", slots.remove_slot, name="remove_slot"),
    path("<slug:reference>", referral.referral, name="referral"),
    path("<slug:reference>/missed", referral.missed, name="missed"),
    path("<slug:reference>/declare", referral.declare, name="declare"),
    path("<slug:reference>/report", referral.report, name="assessor_report"),
    path("<slug:reference>/return", referral.give_back, name="give_back"),
    path("<slug:reference>/files/<uuid:document>", referral.disclosed_file, name="disclosed_file"),
]

intake_pages = [
    path("", intake.intake, name="intake"),
    path("/<uuid:intake>", intake.intake_report, name="intake_report"),
    path("/<uuid:intake>/refused.csv", intake.intake_csv, name="intake_csv"),
]

policy_pages = [
    path("", overview.rules, name="rules"),
    path("services/<slug:service>/drafts", overview.new_draft, name="new_draft"),
    path("drafts/<uuid:draft>", publishing.draft, name="draft"),
    path("drafts/<uuid:draft>/tables/<slug:step>", drafting.table, name="draft_table"),
    path("drafts/<uuid:draft>/tables/<slug:step>/dmn", files.as_dmn, name="draft_dmn"),
    path("drafts/<uuid:draft>/tables/<slug:step>/sheet", files.as_sheet, name="draft_sheet"),
    path("drafts/<uuid:draft>/tables/<slug:step>/file", files.bring_back, name="draft_bring"),
    path("drafts/<uuid:draft>/texts", texts.texts, name="draft_texts"),
    path("drafts/<uuid:draft>/texts/<slug:folder>/<slug:name>", texts.text, name="draft_text"),
    path("drafts/<uuid:draft>/fees", drafting.fees, name="draft_fees"),
    path("drafts/<uuid:draft>/examples", drafting.example, name="draft_example"),
    path("drafts/<uuid:draft>/effects", effects.effects, name="draft_effects"),
    path("drafts/<uuid:draft>/effects.csv", effects.effects_csv, name="draft_effects_csv"),
    path("drafts/<uuid:draft>/propose", publishing.propose_draft, name="propose_draft"),
    path("drafts/<uuid:draft>/return", publishing.return_draft, name="return_draft"),
    path("drafts/<uuid:draft>/approve", publishing.approve_draft, name="approve_draft"),
    path("drafts/<uuid:draft>/discard", publishing.discard_draft, name="discard_draft"),
]

assist_pages = [
    path("", beginning.assist, name="assist"),
    path("/services/<slug:service>", beginning.begin, name="assist_begin"),
    path("/<slug:reference>", assisting.application, name="assist_application"),
    path("/<slug:reference>/questions/<slug:page>", assisting.question, name="assist_question"),
    path("/<slug:reference>/answers", assisting.check_answers, name="assist_check_answers"),
    path("/<slug:reference>/pay", assisting.pay, name="assist_pay"),
    path("/<slug:reference>/outcome", assisting.outcome, name="assist_outcome"),
    path("/<slug:reference>/receipt", assisting.receipt_page, name="assist_receipt"),
    path("/<slug:reference>/save", assisting.save, name="assist_save"),
    path("/<slug:reference>/files/<uuid:document>", assisting.own_file, name="assist_own_file"),
    path("/<slug:reference>/paper", papers.paper, name="assist_paper"),
    path("/<slug:reference>/end", beginning.end, name="assist_end"),
]

figures_pages = [
    path("", overview_of_figures.services, name="figures_services"),
    path("<slug:service>", overview_of_figures.figures, name="figures"),
    path("<slug:service>/<slug:measure>.csv", overview_of_figures.figures_csv, name="figures_csv"),
    path(
        "<slug:service>/returns/<slug:name>.csv", overview_of_figures.return_csv, name="return_csv"
    ),
]

kiosk_pages = [
    path("", kiosk.kiosk, name="kiosk"),
    path("/open/<str:key>", kiosk.open_kiosk, name="open_kiosk"),
    path("/cleared", kiosk.kiosk_cleared, name="kiosk_cleared"),
    path("/finish", kiosk.finish_kiosk, name="finish_kiosk"),
    path("/still-there", kiosk.kiosk_still_there, name="kiosk_still_there"),
    path("/more-time", kiosk.kiosk_more_time, name="kiosk_more_time"),
]

machines = [
    path("health/live", open_to("anyone")(live)),
    path("health/ready", open_to("anyone")(ready)),
    path("metrics", open_to("anyone")(metrics)),
    path("oauth/token", open_to("anyone", methods=("POST",))(csrf_exempt(give_token))),
    *declared(
        [path("api/v1/", api.urls)], "client", for_anyone=OPEN_API, only_read=WRITTEN_BY_NINJA
    ),
]

# Other bodies' published APIs, each below the addresses that its manifest names.
interfaces = [
    path(f"{mount.path}/", include(import_module(f"interfaces.{one.name}.{mount.module}").routes))
    for one in manifests()
    for mount in one.mounts
]

urlpatterns = [
    *public,
    path("applications", include(own_pages)),
    path("data", own.looked, name="looked"),
    path("agreements", own.my_agreements, name="agreements"),
    path("agreements/<uuid:agreement>/withdraw", own.withdraw_agreement, name="withdraw_agreement"),
    path("account", own.account, name="account"),
    path("account/second-factor", second_factor, name="second_factor"),
    path("signed-in", own.after_sign_in, name="after_sign_in"),
    path("accounts/", include(account_routes())),
    path("staff/register-import", include(intake_pages)),
    path("", include(held_pages)),
    path("staff/register", include(register_pages)),
    path("staff/", include(staff_pages)),
    path("assessments/", include(assessor_pages)),
    path("policy/", include(policy_pages)),
    path("figures/", include(figures_pages)),
    path("kiosk", include(kiosk_pages)),
    path("assist", include(assist_pages)),
    path("help/<uuid:assistance>/end", own.end_own_help, name="end_help"),
    *machines,
    *interfaces,
]
