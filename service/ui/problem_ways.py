"""What a reader can do about each problem: one sentence for each code, by status.

A test holds this table, `docs/problems.md` and the problem classes together.
"""

from collections.abc import Mapping

from service.core.text import N_

WAYS_OUT: Mapping[str, str] = {
    "internal": N_(
        "A fault of ours. Tell your administrator the number of the request; the log has it."
    ),
    "malformed": N_(
        "The request could not be read at all: check its encoding, its JSON and its headers."
    ),
    "unknown-host": N_(
        "Call the service by a name in MARKPASS_ALLOWED_HOSTS, or add the name there."
    ),
    "unsupported": N_(
        "The framework refused the request: compare it with the description of the interface."
    ),
    "method-not-allowed": N_(
        "The address exists, but not for this method: `Allow` names those it takes."
    ),
    "not-signed-in": N_(
        "Sign in, or send a valid API key: this one is missing, unknown, expired or revoked."
    ),
    "wrong-password": N_(
        "Type login and password again. An unknown login and a wrong password look alike "
        "on purpose."
    ),
    "permission-denied": N_(
        "Your role, or the scope of the key, lacks the permission that is named. Ask who "
        "manages your people."
    ),
    "cross-site": N_(
        "The request did not come from our own page. Open the page, reload it and send "
        "the form again."
    ),
    "not-found": N_(
        "It does not exist, or it is not yours: the two look alike on purpose. Check the address."
    ),
    "conflict": N_(
        "The state of the thing forbids this step now. Read it again and see what is possible."
    ),
    "stale": N_(
        "Somebody changed it since you read it. Read it again and repeat the change with "
        "the new ETag."
    ),
    "version-required": N_(
        "Send `If-Match` with the ETag you read, so that nobody's change is lost."
    ),
    "too-large": N_(
        "The body is over the limit, which is a setting. Send less, or have the setting raised."
    ),
    "invalid": N_("Correct the fields that are named and send it again. Nothing was stored."),
    "too-many": N_("You are too fast. Wait as many seconds as `Retry-After` says."),
    "too-many-tries": N_(
        "Too many failed sign-ins. Wait as long as is said, then try again; the account "
        "is not locked for good."
    ),
    "unavailable": N_(
        "Busy or waiting for something outside. Try again after the seconds in `Retry-After`."
    ),
    "weak-password": N_(
        "Choose a password of at least 12 characters that are not all alike. A sentence "
        "is a good one."
    ),
    "organisation-taken": N_(
        "Another organisation has this credit code. Open that one, or copy the code again."
    ),
    "link-closed": N_(
        "A one-time link works once and for three days, and a newer one replaces it. Ask for "
        "another."
    ),
    "last-keeper": N_(
        "Nobody would be left who manages these people. Give somebody else the role, then repeat."
    ),
    "own-account": N_(
        "Nobody locks, demotes or resets themselves. Ask somebody else who manages people."
    ),
    "login-taken": N_("Another person has this login. Choose another."),
    "role-unfit": N_(
        "This kind of organisation does not have that role. Choose one of those that are named."
    ),
    "scope-too-wide": N_(
        "A key cannot do more than the person who makes it. Leave out the scope that is named."
    ),
    "setup-closed": N_(
        "There is an administrator already, or the token is used or old. `markpass setup`"
        " prints a new one while there is none."
    ),
    "idempotency-key-reused": N_(
        "This `Idempotency-Key` came before with another body. Use a new key for a new request."
    ),
    "demonstration-open": N_(
        "Demonstration accounts exist, so the service stays on 127.0.0.1. Use a database "
        "without them for others."
    ),
    "not-secure": N_(
        "Put the service behind HTTPS and set MARKPASS_SECURE_COOKIES=true, or stay on 127.0.0.1."
    ),
    "port-busy": N_("Another program listens on the port. Stop it, or set MARKPASS_PORT."),
    "not-migrated": N_(
        "Run `markpass migrate`: the tables are missing or belong to another release."
    ),
    "backup-unreadable": N_(
        "Not one of our backups, cut short or changed. Take another copy; nothing was replaced."
    ),
    "backup-place-taken": N_(
        "The place already holds something. Choose an empty one, or say --replace when you mean it."
    ),
    "file-damaged": N_(
        "A stored file no longer has the content its name says. Put it back from a backup."
    ),
    "screening-no-name": N_(
        "Give at least one name with letters, digits or characters in it, as it stands on"
        " the goods."
    ),
    "screening-name-too-long": N_(
        "Shorten the name: screen what stands on the goods, not the whole label."
    ),
    "screening-too-many": N_("Send the rest in another screening; the limits are settings."),
    "screening-damaged": N_(
        "A kept answer no longer has the content its hash says. Put the database back "
        "from a backup."
    ),
    "screening-no-market": N_("Name at least one market that the goods go to."),
    "searches-full": N_("As many searches run as this machine takes. Try again in a few seconds."),
    "index-building": N_(
        "The search index is not ready, and a part of it is never searched for the whole."
        " Try again, or run `markpass index build`."
    ),
    "catalogue-columns": N_(
        "Put a column `name`, `name_zh` or `name_latin` in the first row; name the result"
        " .jsonl, .csv or .xlsx."
    ),
    "catalogue-running": N_(
        "Wait until your organisation's running catalogue has ended; how many may run is a setting."
    ),
    "catalogue-too-long": N_("Split the catalogue; the number of rows of one run is a setting."),
    "market-unknown": N_("Use a market's code or name; `closest` names those that come near."),
    "customs-mode-unknown": N_(
        "Use one of the customs supervision modes in `known`, or leave it out."
    ),
    "office-unknown": N_("Use the code of a register office, such as CN, US, EM or WO."),
    "goods-unreadable": N_("Write class:12, hs:8711.60, group:1204 or words of the goods."),
    "source-unreadable": N_(
        "The register file cannot be read: fetch it again from the office and import it."
    ),
    "source-unknown-format": N_(
        "The file is in no format that is known here. Unpack it, or save it as CSV UTF-8."
    ),
    "source-broken": N_(
        "The file is damaged or cut off; what came before is in. Fetch it again and import it."
    ),
    "source-columns": N_(
        "The sheet lacks a column we need. Map the columns, and choose the office if none is named."
    ),
    "source-encoding": N_("The bytes are no text we can read. Save the file as CSV UTF-8."),
    "source-unsafe": N_(
        "The file holds what no register file needs: entities, an archive in an archive, "
        "a password. Unpack it first."
    ),
    "source-too-large": N_(
        "The file unpacks to more than the limit. Split it, or have the setting raised."
    ),
    "import-date-ahead": N_("Give the day the file really tells the register of with `--dated`."),
    "mark-newer": N_(
        "The register tells of a later day than you do. Read the mark again, and say of which day "
        "your correction is."
    ),
    "import-running": N_("Another process is importing this very file. Wait until it ends."),
    "product-sku-taken": N_(
        "Another product of your organisation has this SKU. Choose another, or change that product."
    ),
    "right-secret-content": N_(
        "Of a trade secret only what it is called and who keeps it is stored. Send it "
        "without the file."
    ),
    "rule-unknown": N_("No rule has this id: look it up in the list of rules."),
    "rule-not-researched": N_(
        "The law for this rule, place or date was not read, so there is no date to give. "
        "Ask a professional."
    ),
    "rule-jurisdiction-unknown": N_(
        "The library holds nothing for this country or body; `known` lists what it holds."
    ),
    "rule-has-no-period": N_(
        "The rule states something but counts nothing; `reason` says why. Read its text instead."
    ),
    "rule-does-not-apply": N_(
        "The facts rule this rule out. Ask the rule in `instead`, where there is one."
    ),
    "rule-fact-needed": N_("Give the fact in `fact`, with one of the values in `allowed`."),
    "rule-fact-refused": N_("Correct the name or the value of the fact."),
    "rule-date-before-trigger": N_(
        "Correct the dates: one that limits the period lies before the day it starts from."
    ),
    "rule-data-refused": N_("Correct the rule file at the place that is named and load it again."),
    "mandate-missing": N_(
        "Ask the exporter for a new power of attorney, and enter its last day under Mandates."
    ),
    "customs-officer-only-checks": N_(
        "Return the filing with reasons, or note it as checked; the exporter or its agent files it."
    ),
    "detention-case-exists": N_(
        "Open the case in `case`: what happens further is entered there and in the detention."
    ),
    "detention-paper-unfit": N_(
        "Choose a paper that this authority sends to this side, or correct authority or side."
    ),
    "security-not-researched": N_(
        "Ask the authority how much security it wants, and enter the amount it names."
    ),
    "filing-exists": N_("Open the filing in `filing`; a new one begins when that one is over."),
    "filing-frozen": N_(
        "What was sent stays as it was. Record a correction notice, a change or a renewal instead."
    ),
    "right-not-recordable": N_(
        "Choose an authority of a territory where the right is in force and that records its kind."
    ),
    "asset-exists": N_("Open the right in `asset`: it is there already."),
    "user-sheet-unreadable": N_(
        "Save the sheet as .xlsx or CSV UTF-8 with the columns name, relation and valid_from."
    ),
    "feature-hidden": N_(
        "Ask the right holder to name you for the hidden features of these goods."
    ),
    "authority-unknown": N_(
        "Use a code of the list of customs authorities, or a market that has one there."
    ),
    "authority-no-recordal": N_(
        "Read on the authority's page what to do instead, or choose another authority."
    ),
    "demonstration-foreign-database": N_(
        "The database holds something else, so the demonstration stays out of it. Use "
        "another MARKPASS_HOME."
    ),
    "template-refused": N_(
        "The template asks for what the data does not hold, or reaches for the system. "
        "Correct the template."
    ),
    "picture-unreadable": N_(
        "The content is no picture that we read, whatever its name says. Send a JPEG, PNG"
        " or HEIC that opens."
    ),
    "picture-too-large": N_(
        "The picture has too many points, or cannot be made as small as the office asks. "
        "Send a smaller one."
    ),
    "thread-closed": N_("The matter is closed. Its lead can open it again, with a reason."),
    "move-not-allowed": N_(
        "From where it stands this step cannot follow; `allowed` names the steps that can."
    ),
    "move-not-ready": N_(
        "Put right what is named, each with the place where; then take the step again."
    ),
    "move-incomplete": N_("Give the day of the event, the note or the fact that is named."),
    "deadline-runs-on": N_(
        "This clock follows a law that lets nobody stop or extend it. Where an authority "
        "fixed another day, enter that day with its paper."
    ),
    "deadline-settled": N_("The deadline is met, missed or waived, or has no date. Read it again."),
    "deadline-missed": N_(
        "A missed fatal deadline is not waived away. Record what was done late, with its day."
    ),
    "catalogue-unfinished": N_(
        "Wait until every row is done; CSV and JSON Lines can be had before."
    ),
    "outside-silent": N_(
        "The office did not give a whole answer, however often it was asked. Nothing is lost: "
        "the refresh goes on where it stopped."
    ),
    "office-changed": N_(
        "The office answers in a way this release does not read. Nothing of it went in. "
        "Update Markpass, or report it with the detail."
    ),
    "office-refused": N_(
        "The office said no. Check the credentials in the settings and what they are allowed "
        "at the office."
    ),
    "connector-credentials": N_(
        "Set the credentials that are named, and start the service again; docs/connectors.md "
        "says how to come by them."
    ),
    "webhook-address-refused": N_(
        "Give an address that begins with https:// and leads to the public Internet, "
        "without a password in it."
    ),
    "notice-hours-wrong": N_(
        "Give a known time zone, a calendar that is offered, and an end after the beginning."
    ),
    "decision-wrong": N_(
        "Choose a scope that fits the hit, a market in which the mark binds, and a last "
        "day that has not passed."
    ),
    "evidence-kind": N_(
        "Send a PDF, a picture, an OFD, Word or Excel file, an e-mail or an MP4 video. The "
        "content counts, not the name."
    ),
    "evidence-infected": N_(
        "The virus scanner found something. Clean the file or get it again from its source; "
        "nothing was taken in."
    ),
    "scanner-silent": N_(
        "Send the file again in a moment; nothing of it was kept. Where it goes on, whoever runs "
        "the service looks whether clamd runs, and takes files as large as the service does."
    ),
    "file-beyond-scanner": N_(
        "Send the file in parts, or have whoever runs the service raise clamd's StreamMaxLength to "
        "what MARKPASS_UPLOAD_BYTES allows. Nothing was taken in."
    ),
    "evidence-damaged": N_(
        "Content or custody chain is not what was taken in. Nothing is given out: put the "
        "store back from a backup and tell the auditor."
    ),
    "evidence-sealed": N_(
        "The item is under seal. Who may export evidence can open it, or export a bundle."
    ),
    "evidence-export-unchecked": N_(
        "Record the check of every point for these items first; then export them for abroad."
    ),
    "track-unfit": N_(
        "This way is not open to a dispute of this kind, or not any more. Choose another track."
    ),
    "intake-promoted": N_(
        "The matter became a case: go on in the case, under the same evidence and clocks."
    ),
    "intake-message-unreadable": N_(
        "The file is kept as evidence, but is no e-mail: send the .eml or .msg file itself, "
        "or type the numbers in."
    ),
    "station-no-way": N_(
        "Ask an administrator to link the station to its protection centre, "
        "or choose one of its stations."
    ),
    "warning-ground-gone": N_("Choose other settings, and draft from what is found then."),
    "typical-case-unredacted": N_(
        "Mend each place the check names, or say why it stays; then hand it in again."
    ),
    "check-up-no-consent": N_(
        "Ask the enterprise to agree on the page of check-ups, or write down its consent on paper."
    ),
    "check-up-damaged": N_(
        "The kept report is not what was made. Put it back from a backup, or make a new check-up."
    ),
    "event-full": N_("Ask the station for a seat, or come to the next event."),
    "event-over": N_("Who signs up does so before it begins; the station enters who comes later."),
    "attendance-sheet-unreadable": N_(
        "Send CSV or Excel; its first row names the columns, that of the names among them."
    ),
    "expert-in-conflict": N_(
        "Choose another expert, or have the lead correct whom this expert acts for."
    ),
    "paper-not-ready": N_("Enter what is listed in the case first, then make the document."),
    "paper-settled": N_("Sign the last version of the document; what is signed stands."),
    "paper-unfit": N_(
        "Choose a document of this case or track that your side makes. An appraisal opinion comes "
        "from the accredited body."
    ),
    "body-not-accredited": N_(
        "The lead of the station enters number, accrediting body and last day of the accreditation "
        "on the roster, under “Stations and experts”. Until then the station's own expert gives a "
        "technical opinion."
    ),
    "template-unfit": N_("Take out what the template fetches or embeds, and send it again."),
    "period-running": N_(
        "Issue the report when its period is over in Beijing; until then read the figures as "
        "they stand."
    ),
    "report-damaged": N_(
        "The kept figures no longer match their hash. Tell your administrator; issue a new "
        "edition from the live figures."
    ),
}
"""Message ids by problem code."""
