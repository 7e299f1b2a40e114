"""Every verb of the audit log, with the words in which a resident reads it."""

from standpipe.kernel.text import Text

VERBS: dict[str, Text] = {
    "account.created": Text("created an account", "wedi creu cyfrif"),
    "application.begun": Text("began an application", "wedi dechrau cais"),
    "application.answered": Text("saved answers", "wedi cadw atebion"),
    "application.saved": Text("saved the application for later", "wedi cadw'r cais at eto"),
    "application.resumed": Text("came back to the application", "wedi dychwelyd at y cais"),
    "application.submitted": Text("sent the application", "wedi anfon y cais"),
    "application.transferred": Text(
        "handed the application to another authority", "wedi trosglwyddo'r cais i awdurdod arall"
    ),
    "application.withdrawn": Text("withdrew the application", "wedi tynnu'r cais yn ôl"),
    "application.expired": Text(
        "deleted an unfinished application", "wedi dileu cais anorffenedig"
    ),
    "assistance.agreed": Text("agreed on help", "wedi cytuno ar gymorth"),
    "assistance.ended": Text("ended help", "wedi dod â chymorth i ben"),
    "data.read": Text("looked at information", "wedi edrych ar wybodaeth"),
    "registry.asked": Text("asked another organisation", "wedi gofyn i sefydliad arall"),
    "permission.given": Text("agreed to a check", "wedi cytuno i wiriad"),
    "permission.refused": Text("did not agree to a check", "heb gytuno i wiriad"),
    "permission.withdrawn": Text("withdrew agreement", "wedi tynnu cytundeb yn ôl"),
    "mandate.recorded": Text("began to act for somebody", "wedi dechrau gweithredu ar ran rhywun"),
    "mandate.stated": Text(
        "said on what footing they act", "wedi dweud ar ba sail maent yn gweithredu"
    ),
    "mandate.revoked": Text(
        "ended somebody's leave to act for another",
        "wedi rhoi terfyn ar hawl rhywun i weithredu ar ran un arall",
    ),
    "document.received": Text("uploaded a file", "wedi uwchlwytho ffeil"),
    "document.made": Text("wrote a letter", "wedi ysgrifennu llythyr"),
    "document.read": Text("opened a file", "wedi agor ffeil"),
    "case.opened": Text("opened a case", "wedi agor achos"),
    "case.assigned": Text("gave the case to somebody", "wedi rhoi'r achos i rywun"),
    "case.noted": Text("wrote a note", "wedi ysgrifennu nodyn"),
    "case.moved": Text("moved the case on", "wedi symud yr achos ymlaen"),
    "case.asked": Text("asked for more information", "wedi gofyn am ragor o wybodaeth"),
    "case.decided": Text("made a decision", "wedi gwneud penderfyniad"),
    "review.asked": Text("asked for a review", "wedi gofyn am adolygiad"),
    "review.decided": Text(
        "looked at a decision again and decided", "wedi edrych eto ar benderfyniad a phenderfynu"
    ),
    "kiosk.addressed": Text(
        "gave a public computer its address", "wedi rhoi ei gyfeiriad i gyfrifiadur cyhoeddus"
    ),
    "assessment.referred": Text(
        "asked another organisation’s expert", "wedi gofyn i arbenigwr sefydliad arall"
    ),
    "assessment.accepted": Text(
        "declared that they are independent", "wedi datgan eu bod yn annibynnol"
    ),
    "assessment.conflicted": Text(
        "declared that they know the person", "wedi datgan eu bod yn adnabod y person"
    ),
    "assessment.booked": Text("chose an appointment", "wedi dewis apwyntiad"),
    "assessment.cancelled": Text("cancelled an appointment", "wedi canslo apwyntiad"),
    "assessment.missed": Text("recorded a missed appointment", "wedi cofnodi apwyntiad a gollwyd"),
    "assessment.reported": Text("reported an assessment", "wedi adrodd am asesiad"),
    "assessment.returned": Text(
        "returned a referral without a report", "wedi dychwelyd atgyfeiriad heb adroddiad"
    ),
    "assessment.ended": Text("ended a referral", "wedi dod ag atgyfeiriad i ben"),
    "sample.drawn": Text("drew a sample for review", "wedi tynnu sampl i’w hadolygu"),
    "sample.reviewed": Text("reviewed a decision", "wedi adolygu penderfyniad"),
    "slot.published": Text("offered appointments", "wedi cynnig apwyntiadau"),
    "slot.removed": Text("took back an appointment", "wedi tynnu apwyntiad yn ôl"),
    "entitlement.granted": Text("recorded what was granted", "wedi cofnodi'r hyn a ganiatawyd"),
    "entitlement.cancelled": Text("cancelled what was granted", "wedi canslo'r hyn a ganiatawyd"),
    "entitlement.entered": Text(
        "entered what was granted elsewhere", "wedi cofnodi'r hyn a ganiatawyd mewn man arall"
    ),
    "entitlement.issued": Text("recorded that it arrived", "wedi cofnodi ei fod wedi cyrraedd"),
    "entitlement.renewed": Text("renewed what was granted", "wedi adnewyddu'r hyn a ganiatawyd"),
    "entitlement.numbered": Text("recorded the number", "wedi cofnodi'r rhif"),
    "entitlement.replaced": Text("replaced what was granted", "wedi disodli'r hyn a ganiatawyd"),
    "entitlement.transferred": Text(
        "handed what was granted to another authority",
        "wedi trosglwyddo'r hyn a ganiatawyd i awdurdod arall",
    ),
    "entitlement.amended": Text(
        "changed what stands in the register", "wedi newid yr hyn sydd yn y gofrestr"
    ),
    "entitlement.matched": Text(
        "found a number with its birth date and postcode",
        "wedi dod o hyd i rif gyda'i ddyddiad geni a'i god post",
    ),
    "entitlement.compared": Text(
        "found that somebody who applied for one seems to hold this one already",
        "wedi canfod ei bod yn ymddangos bod rhywun a wnaeth gais am un yn dal yr un hwn yn barod",
    ),
    "entitlement.noted": Text("noted something about it", "wedi nodi rhywbeth amdano"),
    "person.died": Text("recorded that somebody died", "wedi cofnodi bod rhywun wedi marw"),
    "entitlement.checked": Text("checked a number", "wedi gwirio rhif"),
    "payment.requested": Text("asked for a payment", "wedi gofyn am daliad"),
    "payment.settled": Text("recorded a payment", "wedi cofnodi taliad"),
    "payment.replaced": Text(
        "asked for another payment instead of one that is returned",
        "wedi gofyn am daliad arall yn lle un sy’n cael ei ddychwelyd",
    ),
    "refund.asked": Text("asked to return money", "wedi gofyn am ddychwelyd arian"),
    "payment.refunded": Text("returned a payment", "wedi ad-dalu taliad"),
    "message.queued": Text("wrote a message", "wedi ysgrifennu neges"),
    "message.sent": Text("sent a message", "wedi anfon neges"),
    "message.delivered": Text(
        "posted a letter, or told somebody by phone",
        "wedi postio llythyr, neu ddweud wrth rywun dros y ffôn",
    ),
    "rule.drafted": Text("began to change a rule", "wedi dechrau newid rheol"),
    "rule.changed": Text("changed a rule in draft", "wedi newid rheol ddrafft"),
    "rule.proposed": Text("proposed a changed rule", "wedi cynnig rheol wedi'i newid"),
    "rule.returned": Text("sent a proposed rule back", "wedi anfon rheol arfaethedig yn ôl"),
    "rule.published": Text("put a rule into force", "wedi rhoi rheol mewn grym"),
    "rule.discarded": Text("gave up a draft rule", "wedi rhoi'r gorau i reol ddrafft"),
}
