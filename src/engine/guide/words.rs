//! The words of a guide in one language: buttons and messages, questions and reasons, tasks.
//!
//! Every phrase of the interface has a [`Say`], and the English ones are built in, so that a words file with a
//! mistake in it can never leave a frightened person before an empty button. The words of help are built in in
//! Spanish as well.

use crate::engine::map::{Map, Set};
use std::sync::LazyLock;

use crate::engine::guide::aftercare::AftercareWords;
use crate::engine::guide::blocks::{Length, TimeUnit};
use crate::engine::guide::check::{Gaps, Weight};
use crate::engine::guide::entry_words::entry_in_words;
use crate::engine::guide::reader::{self, MOST_PROBLEMS, Place, Table, Text};
use crate::engine::guide::screening::did_you_mean;
use crate::engine::guide::slug::folded;
use crate::engine::guide::{Guide, paths, problem_at};
use crate::engine::ids::{
    AdviceId, BandId, ChoiceId, GroupId, InstrumentId, Lang, NumberKey, PageId, PartId, QuestionId, RuleId,
    SectionId, TaskId, TermId, UnitId,
};
use crate::engine::problem::{Problem, Severity};
use crate::engine::screening::advice::{Advice, AdviceKind};
use crate::engine::screening::answer::{Answer, Answers};
use crate::engine::screening::instrument::{Instrument, Score};
use crate::engine::screening::level::Level;
use crate::engine::screening::question::{Bounds, Kind, Question};
use crate::engine::screening::result::{GUIDE_RULE, Reason};
use crate::engine::screening::rule::{Condition, Found, Operand, Step, Truth};

macro_rules! phrases {
    ($($name:ident = $key:literal,)*) => {
        /// A phrase of the interface; its words stand in `words.toml` under [`Say::key`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[allow(missing_docs)]
        pub enum Say { $($name,)* }

        impl Say {
            /// All phrases, in the order of the enum.
            pub const ALL: &'static [Say] = &[$(Say::$name,)*];

            /// Where the phrase stands in `words.toml`: `table.key`.
            pub fn key(self) -> &'static str {
                match self { $(Say::$name => $key,)* }
            }

            /// Whether somebody in danger has to understand it: the crisis panel, and the results that stop.
            pub fn is_about_safety(self) -> bool {
                ["help.", "header.help", "level.stop_", "level.get_help_", "after.emergency_", "after.lifeline_"]
                    .iter()
                    .any(|start| self.key().starts_with(start))
            }
        }
    };
}

phrases! {
    HeaderHelp = "header.help",
    HeaderLeave = "header.leave",
    HeaderHome = "header.home",
    FooterPrivate = "footer.private",
    FooterCall = "footer.call",
    FooterClear = "footer.clear",
    FooterNotAdvice = "footer.not_advice",
    Cleared = "footer.cleared",
    HeaderLeaveKey = "header.leave_key",
    SharedShiftTwo = "shared.shift_two",
    SharedShiftOne = "shared.shift_one",
    SharedShiftLate = "shared.shift_late",
    SharedLeaving = "shared.leaving",
    SharedIdleTitle = "shared.idle_title",
    SharedIdleLead = "shared.idle_lead",
    SharedIdleAny = "shared.idle_any",
    SharedIdleStay = "shared.idle_stay",
    SharedIdleKept = "shared.idle_kept",
    SharedWiped = "shared.wiped",
    DeedsTitle = "deeds.title",
    DeedsLead = "deeds.lead",
    DeedsFiles = "deeds.files",
    DeedsSent = "deeds.sent",
    DeedsStrangers = "deeds.strangers",
    DeedsKept = "deeds.kept",
    DeedsKeptNothing = "deeds.kept_nothing",
    DeedsKeptSealed = "deeds.kept_sealed",
    DeedsWhere = "deeds.where",
    DeedsWhereNone = "deeds.where_none",
    DeedsWhereTo = "deeds.where_to",
    DeedsCheck = "deeds.check",
    DeedsCheckHow = "deeds.check_how",
    DeedsPage = "deeds.page",
    DeedsPageMore = "deeds.page_more",
    DeedsLeave = "deeds.leave",
    DeedsLeaveHow = "deeds.leave_how",
    CommonBack = "common.back",
    CommonContinue = "common.continue",
    CommonProblem = "common.problem",
    CommonRangeTo = "common.range_to",
    CommonTheClinic = "common.the_clinic",
    CommonLoading = "common.loading",
    CommonScroll = "common.scroll",
    PartTitle = "part.title",
    PartLead = "part.lead",
    PartAgain = "part.again",
    CommonLanguage = "common.language",
    StartTitle = "start.title",
    StartLead = "start.lead",
    StartTime = "start.time",
    StartTimeMore = "start.time_more",
    StartPrivate = "start.private",
    StartPrivateMore = "start.private_more",
    StartResult = "start.result",
    StartResultMore = "start.result_more",
    StartNot = "start.not",
    StartAgree = "start.agree",
    StartBegin = "start.begin",
    StartGoOn = "start.go_on",
    StartRead = "start.read",
    StartNoQuestions = "start.no_questions",
    PageSources = "page.sources",
    PageReviewed = "page.reviewed",
    PageUnsigned = "page.unsigned",
    PageSignedBy = "page.signed_by",
    PageMissing = "page.missing",
    PageContents = "page.contents",
    PageAbout = "page.about",
    PageDue = "page.due",
    PageGrade = "page.grade",
    PageEvidence = "page.evidence",
    PageFunding = "page.funding",
    PageBefore = "page.before",
    PageAfter = "page.after",
    PageLent = "page.lent",
    SearchOpen = "search.open",
    SearchTitle = "search.title",
    SearchLead = "search.lead",
    SearchLabel = "search.label",
    SearchFound = "search.found",
    SearchNone = "search.none",
    PagesTitle = "pages.title",
    PagesLead = "pages.lead",
    PagesAll = "pages.all",
    IconsOf = "icons.of",
    TimelineScale = "timeline.scale",
    LengthMinutes = "length.minutes",
    LengthHours = "length.hours",
    LengthDays = "length.days",
    LengthWeeks = "length.weeks",
    CompareMatters = "compare.matters",
    CompareMattersLead = "compare.matters_lead",
    CompareChosen = "compare.chosen",
    ComparePick = "compare.pick",
    CompareFirst = "compare.first",
    CompareSecond = "compare.second",
    CompareListTitle = "compare.list_title",
    CompareAsk = "compare.ask",
    ComparePrint = "compare.print",
    ChecklistNote = "checklist.note",
    ChecklistPrint = "checklist.print",
    TermMeaning = "term.meaning",
    PaperTitle = "paper.title",
    PaperLead = "paper.lead",
    PaperHow = "paper.how",
    PaperPrivate = "paper.private",
    PaperOnlyIf = "paper.only_if",
    PaperUnsure = "paper.unsure",
    PaperOr = "paper.or",
    PaperAnd = "paper.and",
    PaperTicked = "paper.ticked",
    PaperNotTicked = "paper.not_ticked",
    PaperAtLeast = "paper.at_least",
    PaperAtMost = "paper.at_most",
    PaperBetween = "paper.between",
    PaperAnswered = "paper.answered",
    PaperBefore = "paper.before",
    PaperAfter = "paper.after",
    PaperHelp = "paper.help",
    PaperName = "paper.name",
    QuestionNumber = "question.number",
    QuestionProgress = "question.progress",
    QuestionWhy = "question.why",
    QuestionTerms = "question.terms",
    QuestionSeveral = "question.several",
    QuestionOptional = "question.optional",
    QuestionGone = "question.gone",
    NamesLabel = "names.label",
    NamesHint = "names.hint",
    NamesFound = "names.found",
    NamesNotListed = "names.not_listed",
    NamesKeep = "names.keep",
    NamesChosen = "names.chosen",
    NamesAdded = "names.added",
    NamesRemove = "names.remove",
    NamesRemoved = "names.removed",
    NamesDoNotStop = "names.do_not_stop",
    NamesSaid = "names.said",
    QuestionCarer = "question.carer",
    QuestionCarerAgain = "question.carer_again",
    QuestionUnit = "question.unit",
    QuestionOr = "question.or",
    QuestionLetters = "question.letters",
    DateDay = "date.day",
    DateMonth = "date.month",
    DateYear = "date.year",
    DateShown = "date.shown",
    DateShort = "date.short",
    DateMonths = "date.months",
    ListSoFar = "list.so_far",
    ListNew = "list.new",
    ListEntry = "list.entry",
    ListAdd = "list.add",
    ListSave = "list.save",
    ListChange = "list.change",
    ListRemove = "list.remove",
    ListAdded = "list.added",
    ListChanged = "list.changed",
    ListRemoved = "list.removed",
    ErrorNothingChosen = "error.nothing_chosen",
    ErrorNothingTyped = "error.nothing_typed",
    ErrorHalfAPair = "error.half_a_pair",
    ErrorNotANumber = "error.not_a_number",
    ErrorOutOfBounds = "error.out_of_bounds",
    ErrorNoUnit = "error.no_unit",
    ErrorTooEarly = "error.too_early",
    ErrorTooLate = "error.too_late",
    ErrorHalfADate = "error.half_a_date",
    ErrorNotADay = "error.not_a_day",
    ErrorNotAMonth = "error.not_a_month",
    ErrorNotAYear = "error.not_a_year",
    ErrorNoSuchDate = "error.no_such_date",
    ErrorTooLong = "error.too_long",
    ErrorEntryNeeds = "error.entry_needs",
    ErrorListFull = "error.list_full",
    ErrorPairReversed = "error.pair_reversed",
    HelpTitle = "help.title",
    HelpWarm = "help.warm",
    HelpCall = "help.call",
    HelpText = "help.text",
    HelpChat = "help.chat",
    HelpSpanish = "help.spanish",
    HelpVeterans = "help.veterans",
    HelpEmergency = "help.emergency",
    HelpEmergencyMore = "help.emergency_more",
    HelpEmergencyTitle = "help.emergency_title",
    HelpEmergencyWarm = "help.emergency_warm",
    HelpEmergencyAbroadTitle = "help.emergency_abroad_title",
    HelpEmergencyAbroad = "help.emergency_abroad",
    HelpAbroad = "help.abroad",
    HelpAbroadLink = "help.abroad_link",
    HelpWhat = "help.what",
    HelpWhatMore = "help.what_more",
    HelpNear = "help.near",
    HelpNobody = "help.nobody",
    HelpOffered = "help.offered",
    HelpBack = "help.back",
    HelpLeave = "help.leave",
    AfterLink = "after.link",
    AfterTitle = "after.title",
    AfterLead = "after.lead",
    AfterClinicPlan = "after.clinic_plan",
    AfterCheck = "after.check",
    AfterCheckLead = "after.check_lead",
    AfterCheckStart = "after.check_start",
    AfterJournal = "after.journal",
    AfterJournalLead = "after.journal_lead",
    AfterJournalOpen = "after.journal_open",
    AfterVisit = "after.visit",
    AfterVisitLead = "after.visit_lead",
    AfterTalk = "after.talk",
    AfterFade = "after.fade",
    AfterNextVisit = "after.next_visit",
    AfterProgress = "after.progress",
    AfterNone = "after.none",
    AfterNotSure = "after.not_sure",
    AfterNotSureHint = "after.not_sure_hint",
    AfterTick = "after.tick",
    AfterTickFirst = "after.tick_first",
    AfterSorted = "after.sorted",
    AfterEmergencyTitle = "after.emergency_title",
    AfterEmergencyText = "after.emergency_text",
    AfterLifelineTitle = "after.lifeline_title",
    AfterLifelineText = "after.lifeline_text",
    AfterTodayTitle = "after.today_title",
    AfterTodayText = "after.today_text",
    AfterWeekTitle = "after.week_title",
    AfterWeekText = "after.week_text",
    AfterForNowTitle = "after.for_now_title",
    AfterForNowText = "after.for_now_text",
    AfterOpenTitle = "after.open_title",
    AfterOpenText = "after.open_text",
    AfterOpenMore = "after.open_more",
    AfterBecause = "after.because",
    AfterNotSureAbout = "after.not_sure_about",
    AfterAnswerList = "after.answer_list",
    AfterAgain = "after.again",
    AfterMood = "after.mood",
    AfterMoodAsk = "after.mood_ask",
    AfterMoodHint = "after.mood_hint",
    AfterSleep = "after.sleep",
    AfterSleepAsk = "after.sleep_ask",
    AfterSleepWell = "after.sleep_well",
    AfterSleepSoSo = "after.sleep_so_so",
    AfterSleepBadly = "after.sleep_badly",
    AfterEffects = "after.effects",
    AfterEffectsAsk = "after.effects_ask",
    AfterStoodOut = "after.stood_out",
    AfterStoodOutAsk = "after.stood_out_ask",
    AfterStoodOutHint = "after.stood_out_hint",
    AfterSelfHarmAsk = "after.self_harm_ask",
    AfterSelfHarmShort = "after.self_harm_short",
    AfterSelfHarmNo = "after.self_harm_no",
    AfterSelfHarmThoughts = "after.self_harm_thoughts",
    AfterSelfHarmMightAct = "after.self_harm_might_act",
    AfterSelfHarmRatherNotSay = "after.self_harm_rather_not_say",
    AfterDayTitle = "after.day_title",
    AfterDayKeep = "after.day_keep",
    AfterDayNew = "after.day_new",
    AfterDayChange = "after.day_change",
    AfterDayRemove = "after.day_remove",
    AfterDayMissingMood = "after.day_missing_mood",
    AfterDayMissingSelfHarm = "after.day_missing_self_harm",
    AfterChart = "after.chart",
    AfterJournalNone = "after.journal_none",
    AfterJournalKeep = "after.journal_keep",
    AfterSummary = "after.summary",
    AfterSummaryOpen = "after.summary_open",
    AfterSummaryLead = "after.summary_lead",
    AfterSummaryHead = "after.summary_head",
    AfterSummarySigns = "after.summary_signs",
    AfterSummaryChanged = "after.summary_changed",
    AfterSummaryFoot = "after.summary_foot",
    AfterSummarySave = "after.summary_save",
    AfterPartStoodOut = "after.part_stood_out",
    AfterPartSelfHarm = "after.part_self_harm",
    AfterPartPrivateSigns = "after.part_private_signs",
    CalmSwitch = "calm.switch",
    CalmPause = "calm.pause",
    CalmNotNow = "calm.not_now",
    CalmPiece = "calm.piece",
    CalmNext = "calm.next",
    CalmBefore = "calm.before",
    CalmEnd = "calm.end",
    CalmPauseTitle = "calm.pause_title",
    CalmPauseText = "calm.pause_text",
    CalmNotNowTitle = "calm.not_now_title",
    CalmNotNowText = "calm.not_now_text",
    CalmGoOn = "calm.go_on",
    CalmKeep = "calm.keep",
    KeepOfferTitle = "keep.offer_title",
    KeepOfferLead = "keep.offer_lead",
    KeepOfferOther = "keep.offer_other",
    KeepPassphrase = "keep.passphrase",
    KeepOpen = "keep.open",
    KeepWipe = "keep.wipe",
    KeepWipeTitle = "keep.wipe_title",
    KeepWipeLead = "keep.wipe_lead",
    KeepWipeYes = "keep.wipe_yes",
    KeepWipeNo = "keep.wipe_no",
    KeepWiped = "keep.wiped",
    KeepLeave = "keep.leave",
    KeepTitle = "keep.title",
    KeepLead = "keep.lead",
    KeepSee = "keep.see",
    KeepForgot = "keep.forgot",
    KeepShared = "keep.shared",
    KeepAgain = "keep.again",
    KeepHint = "keep.hint",
    KeepKeep = "keep.keep",
    KeepKeepOver = "keep.keep_over",
    KeepKeepAgain = "keep.keep_again",
    KeepNothingYet = "keep.nothing_yet",
    KeepKeptOn = "keep.kept_on",
    KeepChanged = "keep.changed",
    KeepSame = "keep.same",
    KeepDone = "keep.done",
    KeepNoWeak = "keep.no_weak",
    KeepNoSame = "keep.no_same",
    KeepNoSeal = "keep.no_seal",
    KeepNoStore = "keep.no_store",
    KeepNoOther = "keep.no_other",
    KeepNoPassphrase = "keep.no_passphrase",
    KeepNoOpen = "keep.no_open",
    KeepNoOurs = "keep.no_ours",
    KeepNoWipe = "keep.no_wipe",
    KeepRefused = "keep.refused",
    OwnFileLink = "own_file.link",
    OwnFileTitle = "own_file.title",
    OwnFileLead = "own_file.lead",
    OwnFileOpen = "own_file.open",
    OwnFileOpenHint = "own_file.open_hint",
    OwnFileOpened = "own_file.opened",
    OwnFileOpenedDays = "own_file.opened_days",
    OwnFileOpenedVisits = "own_file.opened_visits",
    OwnFileSavedOn = "own_file.saved_on",
    OwnFileAskTitle = "own_file.ask_title",
    OwnFileAskLead = "own_file.ask_lead",
    OwnFileAskReplace = "own_file.ask_replace",
    OwnFileAskKeep = "own_file.ask_keep",
    OwnFileLockedTitle = "own_file.locked_title",
    OwnFilePassphrase = "own_file.passphrase",
    OwnFileUnlock = "own_file.unlock",
    OwnFileNextTitle = "own_file.next_title",
    OwnFileGoOn = "own_file.go_on",
    OwnFileLook = "own_file.look",
    OwnFileAgain = "own_file.again",
    OwnFileAgainLead = "own_file.again_lead",
    OwnFileSinceTitle = "own_file.since_title",
    OwnFileSinceNone = "own_file.since_none",
    OwnFileSinceWas = "own_file.since_was",
    OwnFileSinceIs = "own_file.since_is",
    OwnFileSinceNothing = "own_file.since_nothing",
    OwnFileSaveTitle = "own_file.save_title",
    OwnFileSaveLead = "own_file.save_lead",
    OwnFileSaveCare = "own_file.save_care",
    OwnFileLockTitle = "own_file.lock_title",
    OwnFileLockHint = "own_file.lock_hint",
    OwnFileSave = "own_file.save",
    OwnFileByHand = "own_file.by_hand",
    OwnFileNoUnreadable = "own_file.no_unreadable",
    OwnFileNoEmpty = "own_file.no_empty",
    OwnFileNoTooBig = "own_file.no_too_big",
    OwnFileNoCut = "own_file.no_cut",
    OwnFileNoNotJson = "own_file.no_not_json",
    OwnFileNoForeign = "own_file.no_foreign",
    OwnFileNoPassphrase = "own_file.no_passphrase",
    OwnFileNoUnlock = "own_file.no_unlock",
    OwnFileNoLock = "own_file.no_lock",
    OwnFileNoRest = "own_file.no_rest",
    OwnFileWasNewer = "own_file.was_newer",
    OwnFileWasOlder = "own_file.was_older",
    OwnFileWasPacket = "own_file.was_packet",
    OwnFileWasOther = "own_file.was_other",
    OwnFileWasChanged = "own_file.was_changed",
    OwnFileWasGone = "own_file.was_gone",
    OwnFileWasAgain = "own_file.was_again",
    OwnFileWasJournal = "own_file.was_journal",
    OwnFileWasVisits = "own_file.was_visits",
    OwnFileWasTicks = "own_file.was_ticks",
    ReviewTitle = "review.title",
    ReviewLead = "review.lead",
    ReviewMissing = "review.missing",
    ReviewMissingLead = "review.missing_lead",
    ReviewUnanswered = "review.unanswered",
    ReviewBlank = "review.blank",
    ReviewChange = "review.change",
    ReviewSeeResult = "review.see_result",
    ReviewSoFar = "review.so_far",
    ResultYourResult = "result.your_result",
    ResultReasons = "result.reasons",
    ResultNoReasons = "result.no_reasons",
    ResultNext = "result.next",
    ResultWhy = "result.why",
    ResultYouSaid = "result.you_said",
    ResultRule = "result.rule",
    ResultRuleUnsure = "result.rule_unsure",
    ResultRuleText = "result.rule_text",
    ResultSources = "result.sources",
    ScoreTitle = "score.title",
    ScoreLead = "score.lead",
    ScoreLine = "score.line",
    ScoreOpen = "score.open",
    AdviceNext = "advice.next",
    AdviceAsk = "advice.ask",
    AdviceAskLead = "advice.ask_lead",
    AdviceOther = "advice.other",
    AdviceOtherLead = "advice.other_lead",
    TraceAtLeast = "trace.at_least",
    TraceLess = "trace.less",
    TraceAtMost = "trace.at_most",
    TraceMore = "trace.more",
    TraceBetween = "trace.between",
    TraceOutside = "trace.outside",
    TraceCount = "trace.count",
    TraceTicked = "trace.ticked",
    ResultOnlyClinician = "result.only_clinician",
    ResultUnsigned = "result.unsigned",
    ResultTranslation = "result.translation",
    ResultChange = "result.change",
    ResultCallClinic = "result.call_clinic",
    ResultShareTitle = "result.share_title",
    ResultShareLead = "result.share_lead",
    ResultShare = "result.share",
    PlanTitle = "plan.title",
    PlanLead = "plan.lead",
    PlanAsk = "plan.ask",
    PlanBefore = "plan.before",
    PlanEating = "plan.eating",
    PlanBring = "plan.bring",
    PlanDay = "plan.day",
    PlanAfter = "plan.after",
    TimeClock = "time.clock",
    TimeHalves = "time.halves",
    TimeWeekdays = "time.weekdays",
    TimeDay = "time.day",
    TimeSpan = "time.span",
    TimeAt = "time.at",
    TimeYours = "time.yours",
    DatedOpen = "dated.open",
    DatedOpenTitle = "dated.open_title",
    DatedOpenLead = "dated.open_lead",
    DatedFormTitle = "dated.form_title",
    DatedFormLead = "dated.form_lead",
    DatedCount = "dated.count",
    DatedVisit = "dated.visit",
    DatedDay = "dated.day",
    DatedDayHint = "dated.day_hint",
    DatedTime = "dated.time",
    DatedTimeHint = "dated.time_hint",
    DatedZone = "dated.zone",
    DatedZoneHint = "dated.zone_hint",
    DatedMake = "dated.make",
    DatedErrorDay = "dated.error_day",
    DatedErrorTime = "dated.error_time",
    DatedErrorTwice = "dated.error_twice",
    DatedErrorZone = "dated.error_zone",
    DatedTitle = "dated.title",
    DatedLead = "dated.lead",
    DatedUnasked = "dated.unasked",
    DatedChange = "dated.change",
    DatedTicks = "dated.ticks",
    DatedMoved = "dated.moved",
    DatedPast = "dated.past",
    DatedPastMore = "dated.past_more",
    DatedUnsure = "dated.unsure",
    DatedIfYou = "dated.if_you",
    DatedToday = "dated.today",
    DatedWhole = "dated.whole",
    DatedBefore = "dated.before",
    DatedDays = "dated.days",
    DatedHours = "dated.hours",
    DatedThere = "dated.there",
    DatedThereLead = "dated.there_lead",
    DatedAfter = "dated.after",
    DatedNow = "dated.now",
    DatedNothing = "dated.nothing",
    DatedNext = "dated.next",
    DatedNotNow = "dated.not_now",
    DatedCalls = "dated.calls",
    DatedNoneLeft = "dated.none_left",
    DatedCalendarTitle = "dated.calendar_title",
    DatedCalendarLead = "dated.calendar_lead",
    DatedCalendarPlain = "dated.calendar_plain",
    DatedCalendarSave = "dated.calendar_save",
    SheetTitle = "sheet.title",
    SheetPrint = "sheet.print",
    SheetYou = "sheet.you",
    SheetDriver = "sheet.driver",
    SheetDesk = "sheet.desk",
    SheetDriverThanks = "sheet.driver_thanks",
    SheetWhere = "sheet.where",
    SheetWhen = "sheet.when",
    SheetWhenMore = "sheet.when_more",
    SheetNormal = "sheet.normal",
    SheetNormalMore = "sheet.normal_more",
    SheetStay = "sheet.stay",
    SheetStayUntil = "sheet.stay_until",
    SheetStayList = "sheet.stay_list",
    SheetDeskLead = "sheet.desk_lead",
    SheetDeskDriver = "sheet.desk_driver",
    SheetDeskAsk = "sheet.desk_ask",
    SheetDeskTimes = "sheet.desk_times",
    CalendarVisit = "calendar.visit",
    CalendarVisitPlain = "calendar.visit_plain",
    CalendarPrivate = "calendar.private",
    CalendarPrivateMore = "calendar.private_more",
    CalendarSeveral = "calendar.several",
    ShareTitle = "share.title",
    ShareLead = "share.lead",
    SharePrivate = "share.private",
    ShareReasons = "share.reasons",
    ShareReasonBlocked = "share.reason_blocked",
    NotShared = "share.not_shared",
    ContactTitle = "contact.title",
    ContactLead = "contact.lead",
    ContactName = "contact.name",
    ContactPhone = "contact.phone",
    ContactEmail = "contact.email",
    ContactTime = "contact.best_time",
    ContactTimeHint = "contact.best_time_hint",
    ContactLanguage = "contact.language",
    ContactLanguageHint = "contact.language_hint",
    ContactWhenTitle = "contact.when_title",
    ContactDays = "contact.days",
    ContactTimes = "contact.times",
    DayMonday = "contact.monday",
    DayTuesday = "contact.tuesday",
    DayWednesday = "contact.wednesday",
    DayThursday = "contact.thursday",
    DayFriday = "contact.friday",
    DaySaturday = "contact.saturday",
    DaySunday = "contact.sunday",
    TimeMorning = "contact.morning",
    TimeAfternoon = "contact.afternoon",
    TimeEvening = "contact.evening",
    PreviewTitle = "preview.title",
    PreviewLead = "preview.lead",
    PreviewReadable = "preview.readable",
    PreviewRaw = "preview.raw",
    PreviewKeepTitle = "preview.keep_title",
    PreviewKeepLead = "preview.keep_lead",
    PreviewPrint = "preview.print",
    PreviewCopy = "preview.copy",
    PreviewSave = "preview.save",
    PreviewSaveFhir = "preview.save_fhir",
    PreviewSendTitle = "preview.send_title",
    PreviewSendLead = "preview.send_lead",
    PreviewCopied = "preview.copied",
    PreviewOthers = "preview.others",
    PhoneTitle = "preview.phone_title",
    PhoneLead = "preview.phone_lead",
    PhoneCall = "preview.phone_call",
    MailTitle = "mail.title",
    MailWarning = "mail.warning",
    MailOpen = "mail.open",
    MailShown = "mail.shown",
    MailSubject = "mail.subject",
    MailText = "mail.text",
    MailReference = "mail.reference",
    BookingTitle = "booking.title",
    BookingWarning = "booking.warning",
    BookingFill = "booking.fill",
    BookingOpen = "booking.open",
    BookingAddress = "booking.address",
    PreviewSend = "preview.send",
    PreviewSendAgain = "preview.send_again",
    ConsentTitle = "consent.title",
    ConsentLead = "consent.lead",
    ConsentShare = "consent.share",
    ConsentWhatTitle = "consent.what_title",
    ConsentWhat = "consent.what",
    ConsentWhatNone = "consent.what_none",
    ConsentWhoTitle = "consent.who_title",
    ConsentWho = "consent.who",
    ConsentPurposeTitle = "consent.purpose_title",
    ConsentPurpose = "consent.purpose",
    ConsentKeptTitle = "consent.kept_title",
    ConsentKept = "consent.kept",
    ConsentKeptAsk = "consent.kept_ask",
    ConsentWithdrawTitle = "consent.withdraw_title",
    ConsentWithdraw = "consent.withdraw",
    ConsentPolicy = "consent.policy",
    ConsentReachLead = "consent.reach_lead",
    ConsentPhone = "consent.phone",
    ConsentText = "consent.text",
    ConsentEmail = "consent.email",
    ConsentMissing = "consent.missing",
    ConsentNoContact = "consent.no_contact",
    NoticeCopied = "notice.copied",
    NoticeCopyRefused = "notice.copy_refused",
    NoticeSaved = "notice.saved",
    NoticeSaveRefused = "notice.save_refused",
    NoticePrintRefused = "notice.print_refused",
    SendUnderWay = "send.under_way",
    SendFailedTitle = "send.failed_title",
    SendOffline = "send.offline",
    SendUnreachable = "send.unreachable",
    SendTimedOut = "send.timed_out",
    SendCutOff = "send.cut_off",
    SendRedirected = "send.redirected",
    SendMistaken = "send.mistaken",
    SendTheySay = "send.they_say",
    SendNotAllowed = "send.not_allowed",
    SendNotThere = "send.not_there",
    SendTooLarge = "send.too_large",
    SendBusy = "send.busy",
    SendBusyUntil = "send.busy_until",
    SendBroken = "send.broken",
    SendStopped = "send.stopped",
    SendWaitingTitle = "send.waiting_title",
    SendWaiting = "send.waiting",
    SendNow = "send.now",
    SendStop = "send.stop",
    SendRefused = "send.refused",
    SendUnclear = "send.unclear",
    SendFailedRest = "send.failed_rest",
    ReceiptTitle = "receipt.title",
    ReceiptLead = "receipt.lead",
    ReceiptReferenceTitle = "receipt.reference_title",
    ReceiptReference = "receipt.reference",
    ReceiptNext = "receipt.next",
    ReceiptWorse = "receipt.worse",
    ReceiptNoContact = "receipt.no_contact",
    SealedTitle = "sealed.title",
    SealedLead = "sealed.lead",
    SealedFingerprint = "sealed.fingerprint",
    SealedSave = "sealed.save",
    SealedCopy = "sealed.copy",
    SealedSend = "sealed.send",
    SealedNoCrypto = "sealed.no_crypto",
    SealedRefused = "sealed.refused",
    QrTitle = "qr.title",
    QrLead = "qr.lead",
    QrLeadPlain = "qr.lead_plain",
    QrShow = "qr.show",
    QrShown = "qr.shown",
    QrName = "qr.name",
    QrNumber = "qr.numbered",
    QrNext = "qr.next",
    QrBack = "qr.back",
    QrLarger = "qr.larger",
    QrSmaller = "qr.smaller",
    QrHide = "qr.hide",
    NoteTitle = "note.title",
    NoteReference = "note.reference",
    NoteLevel = "note.level",
    NoteAgreed = "note.agreed",
    NoteWhen = "note.when",
    NoteMayReach = "note.may_reach",
    NoteByText = "note.by_text",
    NoteNoContact = "note.no_contact",
    NoteReasonWithheld = "note.reason_withheld",
    NoteMissing = "note.missing",
    NoteWithheld = "note.withheld",
    NoteReasons = "note.reasons",
    NoteAnswers = "note.answers",
    NoteFoot = "note.foot",
    ProblemsTitle = "problems.title",
    ProblemsLead = "problems.lead",
    ProblemsMore = "problems.more",
    LevelIncompleteTitle = "level.incomplete_title",
    LevelIncompleteText = "level.incomplete_text",
    LevelIncompleteTag = "level.incomplete_tag",
    LevelClearTitle = "level.clear_title",
    LevelClearText = "level.clear_text",
    LevelClearTag = "level.clear_tag",
    LevelNoteTitle = "level.note_title",
    LevelNoteText = "level.note_text",
    LevelNoteTag = "level.note_tag",
    LevelPlanTitle = "level.plan_title",
    LevelPlanText = "level.plan_text",
    LevelPlanTag = "level.plan_tag",
    LevelReviewTitle = "level.review_title",
    LevelReviewText = "level.review_text",
    LevelReviewTag = "level.review_tag",
    LevelStopTitle = "level.stop_title",
    LevelStopText = "level.stop_text",
    LevelStopTag = "level.stop_tag",
    LevelGetHelpTitle = "level.get_help_title",
    LevelGetHelpText = "level.get_help_text",
    LevelGetHelpTag = "level.get_help_tag",
}

/// Names in braces that are replaced when the phrase is shown, by [`Words::fill`].
const NAMES_FILLED_LATER: [&str; 31] = [
    "what",
    "found",
    "against",
    "clinic",
    "number",
    "total",
    "section",
    "least",
    "most",
    "unit",
    "part",
    "earliest",
    "latest",
    "typed",
    "entry",
    "day",
    "month",
    "year",
    "reference",
    "created",
    "status",
    "date",
    "name",
    "level",
    "hour",
    "minute",
    "half",
    "condition",
    "choice",
    "choices",
    "value",
];

/// The words of a guide in one language.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    /// The language.
    pub lang: Lang,
    /// Whether this is a translation of which a part is not signed by anybody who read it.
    pub unsigned: bool,
    phrases: Map<Say, String>,
    pub(super) sections: Map<SectionId, SectionWords>,
    pub(super) questions: Map<QuestionId, QuestionWords>,
    pub(super) rules: Map<RuleId, ReasonWords>,
    pub(super) advice: Map<(AdviceKind, AdviceId), String>,
    pub(super) instruments: Map<InstrumentId, InstrumentWords>,
    /// The items that this language has all words of, its own and not borrowed.
    pub(super) items: Set<QuestionId>,
    pub(super) tasks: Map<TaskId, TaskWords>,
    /// The check after a visit.
    pub(super) aftercare: AftercareWords,
    terms: Map<TermId, Term>,
    groups: Map<GroupId, GroupWords>,
    titles: Map<PageId, String>,
}

/// A hard name and what it means.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Term {
    /// The name.
    pub word: String,
    /// Its meaning in plain words.
    pub meaning: String,
}

/// The words of a group of pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupWords {
    /// Its title.
    pub title: String,
    /// One line under it; may be empty.
    pub lead: String,
}

/// The words of an instrument.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InstrumentWords {
    /// What it is about, in plain words.
    pub title: String,
    /// What is said if all points come from one item; may be empty.
    pub alone: String,
    /// The words of its bands.
    pub bands: Map<BandId, String>,
}

/// The words of a section.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SectionWords {
    /// Its title.
    pub title: String,
    /// What is said before its first question; may be empty.
    pub intro: String,
}

/// The words of a question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QuestionWords {
    /// The question itself.
    pub ask: String,
    /// The words that several items share and that stand before each; may be empty.
    pub stem: String,
    /// Whether it is an item of an instrument.
    pub(super) item: bool,
    /// One line under it; may be empty.
    pub hint: String,
    /// Why it is asked; may be empty.
    pub why: String,
    /// Hard names and their meanings.
    pub terms: Vec<(String, String)>,
    /// The words of its parts, or of the fields of its entries.
    pub parts: Map<PartId, String>,
    /// The words of its units; a unit without words is shown by its id.
    pub units: Map<UnitId, String>,
    /// What is said of a number or date that is too low; the general sentence if empty.
    pub too_low: String,
    /// What is said of a number or date that is too high; the general sentence if empty.
    pub too_high: String,
    /// Whether these are the words for who answers for a person they help.
    pub for_carer: bool,
    /// The line it begins on; 0 if the file has no words for it.
    pub(super) line: Place,
    pub(super) choices: Map<ChoiceId, String>,
    pub(super) reason: ReasonWords,
    pub(super) reasons: Map<ChoiceId, String>,
    pub(super) nexts: Map<ChoiceId, String>,
    /// What is said otherwise to who answers for a person they help.
    carer: Option<Box<QuestionWords>>,
}

/// The words of a reason.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReasonWords {
    /// Why it matters.
    pub reason: String,
    /// What the person can do next; may be empty.
    pub next: String,
}

/// The words of a task.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TaskWords {
    /// Its title.
    pub title: String,
    /// What to do and why.
    pub text: String,
}

/// The words of a level.
pub struct LevelWords<'w> {
    /// Its title.
    pub title: &'w str,
    /// One warm paragraph.
    pub text: &'w str,
    /// One or two words for a single reason.
    pub tag: &'w str,
}

/// The English phrases that the widget carries in itself.
#[cfg(not(in_parts))]
pub fn built_in() -> &'static Words {
    static BUILT_IN: LazyLock<Words> =
        LazyLock::new(|| read_built_in("en", include_str!("../../../content/en/words.toml")));
    &BUILT_IN
}

#[cfg(in_parts)]
mod in_parts {
    use std::sync::OnceLock;

    use super::*;

    static FIRST: LazyLock<Words> =
        LazyLock::new(|| read_built_in("en", include_str!(concat!(env!("OUT_DIR"), "/first_words.toml"))));
    static ALL: OnceLock<Words> = OnceLock::new();

    /// The English phrases that the widget carries in itself: those of its first part, until the second has come.
    pub fn built_in() -> &'static Words {
        ALL.get().unwrap_or_else(|| &FIRST)
    }

    /// From now on those of the second part are there as well.
    pub fn all_came() {
        ALL.get_or_init(|| read_built_in("en", include_str!("../../../content/en/words.toml")));
    }
}

#[cfg(in_parts)]
pub use in_parts::{all_came, built_in};

/// The Spanish words of help that the widget carries in itself; all else in them is English.
fn built_in_spanish() -> &'static Words {
    static BUILT_IN: LazyLock<Words> = LazyLock::new(|| read_built_in("es", include_str!("help_es.toml")));
    &BUILT_IN
}

/// What the widget carries in itself for a person who reads this language.
pub fn built_in_for(lang: &Lang) -> &'static Words {
    if lang.as_str() == "es" || lang.as_str().starts_with("es-") { built_in_spanish() } else { built_in() }
}

fn read_built_in(lang: &str, text: &str) -> Words {
    let mut words = Words::for_language(&Lang::from(lang));
    let text = Text { base: text, clinic: "" };
    read_interface(&paths::words(&words.lang), text, &Guide::default(), &mut words, &mut Vec::new());
    words
}

impl Words {
    /// No words yet.
    pub(super) fn for_language(lang: &Lang) -> Self {
        Self {
            lang: lang.clone(),
            unsigned: false,
            phrases: Map::new(),
            sections: Map::new(),
            questions: Map::new(),
            rules: Map::new(),
            advice: Map::new(),
            instruments: Map::new(),
            items: Set::new(),
            tasks: Map::new(),
            aftercare: AftercareWords::default(),
            terms: Map::new(),
            groups: Map::new(),
            titles: Map::new(),
        }
    }

    /// Takes the words of `other` for the questions, reasons and tasks that have none in here. A question in
    /// another language can be answered; one without words can not.
    pub(super) fn borrow_missing(&mut self, other: &Self) {
        for (id, words) in &other.questions {
            match self.questions.get_mut(id) {
                Some(own) if !own.ask.is_empty() => {
                    add_missing(&mut own.choices, &words.choices);
                    add_missing(&mut own.parts, &words.parts);
                    add_missing(&mut own.units, &words.units);
                    // A reason for all choices says more to this reader than a foreign one for this choice.
                    if own.reason.reason.is_empty() {
                        add_missing(&mut own.reasons, &words.reasons);
                    }
                    if own.reason.next.is_empty() {
                        add_missing(&mut own.nexts, &words.nexts);
                    }
                    own.reason.borrow_missing(&words.reason);
                }
                Some(_) | None => {
                    self.questions.insert(id.clone(), words.clone());
                }
            }
        }
        for (id, words) in &other.rules {
            self.rules.entry(id.clone()).or_default().borrow_missing(words);
        }
        add_missing(&mut self.sections, &other.sections);
        add_missing(&mut self.tasks, &other.tasks);
        add_missing(&mut self.advice, &other.advice);
        add_missing(&mut self.instruments, &other.instruments);
        add_missing(&mut self.groups, &other.groups);
        self.aftercare.borrow_missing(&other.aftercare);
    }

    /// The words for who answers for a person they help: those of `carer` tables in place of the others.
    pub(super) fn for_carer(&self) -> Self {
        let mut words = self.clone();
        for question in words.questions.values_mut() {
            let Some(said) = question.carer.take() else { continue };
            let said = *said;
            let replace = |old: &mut String, new: String| {
                if !new.is_empty() {
                    *old = new;
                }
            };
            replace(&mut question.ask, said.ask);
            replace(&mut question.hint, said.hint);
            replace(&mut question.why, said.why);
            replace(&mut question.too_low, said.too_low);
            replace(&mut question.too_high, said.too_high);
            replace(&mut question.reason.reason, said.reason.reason);
            replace(&mut question.reason.next, said.reason.next);
            question.choices.extend(said.choices);
            question.reasons.extend(said.reasons);
            question.nexts.extend(said.nexts);
            question.parts.extend(said.parts);
            question.units.extend(said.units);
            question.for_carer = true;
        }
        words
    }

    /// A phrase of the interface; the built-in one if the file has none.
    pub fn say(&self, say: Say) -> &str {
        let own = self.phrases.get(&say).or_else(|| built_in_for(&self.lang).phrases.get(&say));
        own.or_else(|| built_in().phrases.get(&say)).map_or("", String::as_str)
    }

    /// A phrase with its `{names}` replaced.
    pub fn fill(&self, say: Say, values: &[(&str, &str)]) -> String {
        filled(self.say(say), values)
    }

    /// The words of a section.
    pub fn section(&self, id: &SectionId) -> &SectionWords {
        static NONE: LazyLock<SectionWords> = LazyLock::new(SectionWords::default);
        self.sections.get(id).unwrap_or(&NONE)
    }

    /// A term of the glossary.
    pub fn term(&self, id: &TermId) -> Option<&Term> {
        self.terms.get(id)
    }

    /// All terms of the glossary in the order of the alphabet.
    pub fn glossary(&self) -> Vec<&Term> {
        let mut terms: Vec<(String, &Term)> =
            self.terms.values().map(|term| (folded(&term.word), term)).collect();
        terms.sort();
        terms.into_iter().map(|(_, term)| term).collect()
    }

    /// The ids of the glossary.
    pub fn term_ids(&self) -> impl Iterator<Item = &str> {
        self.terms.keys().map(TermId::as_str)
    }

    /// The words of a group of pages; its title is made of its id if the file has none.
    pub fn group(&self, id: &GroupId) -> GroupWords {
        self.groups
            .get(id)
            .filter(|words| !words.title.is_empty())
            .cloned()
            .unwrap_or_else(|| GroupWords { title: spelled_out(id.as_str()), lead: String::new() })
    }

    /// The title of a page that has not come yet: from the words, or else made of its id.
    pub fn page_title(&self, id: &PageId) -> String {
        self.titles.get(id).cloned().unwrap_or_else(|| spelled_out(id.as_str()))
    }

    /// The words of a question.
    pub fn question(&self, id: &QuestionId) -> &QuestionWords {
        static NONE: LazyLock<QuestionWords> = LazyLock::new(QuestionWords::default);
        self.questions.get(id).unwrap_or(&NONE)
    }

    /// The words of the check after a visit.
    pub fn aftercare(&self) -> &AftercareWords {
        &self.aftercare
    }

    /// The words of a task.
    pub fn task(&self, id: &TaskId) -> &TaskWords {
        static NONE: LazyLock<TaskWords> = LazyLock::new(TaskWords::default);
        self.tasks.get(id).unwrap_or(&NONE)
    }

    /// The words of an instrument.
    pub fn instrument(&self, id: &InstrumentId) -> &InstrumentWords {
        static NONE: LazyLock<InstrumentWords> = LazyLock::new(InstrumentWords::default);
        self.instruments.get(id).unwrap_or(&NONE)
    }

    /// Whether the language has all official words of an instrument, and a title.
    pub fn has_instrument(&self, instrument: &Instrument) -> bool {
        let titled = self.instruments.get(&instrument.id).is_some_and(|words| !words.title.is_empty());
        titled && instrument.questions().all(|item| self.items.contains(item))
    }

    /// A score in one line: never a bare number, and with its range in words.
    pub fn score(&self, instrument: &Instrument, score: &Score) -> String {
        let words = self.instrument(&instrument.id);
        let most = score.most.to_string();
        let Some(number) = score.score else {
            let open = score.open.to_string();
            let all = (score.answered + score.open).to_string();
            return self.fill(Say::ScoreOpen, &[("what", &words.title), ("number", &open), ("total", &all)]);
        };
        let band = score.band.as_ref().and_then(|band| words.bands.get(band)).map_or("", String::as_str);
        let mut line = self.fill(
            Say::ScoreLine,
            &[("what", &words.title), ("found", &number.to_string()), ("most", &most), ("level", band)],
        );
        if score.alone && !words.alone.is_empty() {
            line.push(' ');
            line.push_str(&words.alone);
        }
        line
    }

    /// The words of a line of advice; empty if the file has none.
    pub fn advice(&self, advice: &Advice) -> &str {
        self.advice.get(&(advice.kind, advice.id.clone())).map_or("", String::as_str)
    }

    /// Whether a rule has nothing to say for itself.
    pub fn rule_has_no_reason(&self, id: &RuleId) -> bool {
        self.rules.get(id).is_none_or(|words| words.reason.is_empty())
    }

    /// Whether a rule does not say what to do next.
    pub fn rule_has_no_next(&self, id: &RuleId) -> bool {
        self.rules.get(id).is_none_or(|words| words.next.is_empty())
    }

    /// A length of time in words: "40 to 60 minutes".
    pub fn length(&self, length: &Length) -> String {
        let number = match length.to {
            Some(to) => format!("{} {} {to}", length.from, self.say(Say::CommonRangeTo)),
            None => length.from.to_string(),
        };
        let say = match length.unit {
            TimeUnit::Minutes => Say::LengthMinutes,
            TimeUnit::Hours => Say::LengthHours,
            TimeUnit::Days => Say::LengthDays,
            TimeUnit::Weeks => Say::LengthWeeks,
        };
        self.fill(say, &[("number", &number)])
    }

    /// The words of a level.
    pub fn level(&self, level: Level) -> LevelWords<'_> {
        let (title, text, tag) = match level {
            Level::Incomplete => {
                (Say::LevelIncompleteTitle, Say::LevelIncompleteText, Say::LevelIncompleteTag)
            }
            Level::Clear => (Say::LevelClearTitle, Say::LevelClearText, Say::LevelClearTag),
            Level::Note => (Say::LevelNoteTitle, Say::LevelNoteText, Say::LevelNoteTag),
            Level::Plan => (Say::LevelPlanTitle, Say::LevelPlanText, Say::LevelPlanTag),
            Level::Review => (Say::LevelReviewTitle, Say::LevelReviewText, Say::LevelReviewTag),
            Level::Stop => (Say::LevelStopTitle, Say::LevelStopText, Say::LevelStopTag),
            Level::GetHelp => (Say::LevelGetHelpTitle, Say::LevelGetHelpText, Say::LevelGetHelpTag),
        };
        LevelWords { title: self.say(title), text: self.say(text), tag: self.say(tag) }
    }

    /// The words of a reason of a result.
    pub fn reason(&self, reason: &Reason) -> &str {
        match (&reason.choice, reason.answers.first()) {
            (None, None) if reason.rule.as_str() == GUIDE_RULE => self.say(Say::ProblemsTitle),
            (Some(choice), Some(question)) => {
                let words = self.question(question);
                words.reasons.get(choice).unwrap_or(&words.reason.reason)
            }
            _ => self.rules.get(&reason.rule).map_or("", |words| &words.reason),
        }
    }

    /// What a reason is about, where its question had several things to tick: the ticked one's words.
    pub fn subject<'w>(&'w self, guide: &Guide, reason: &'w Reason) -> Option<&'w str> {
        let (choice, question) = (reason.choice.as_ref()?, reason.answers.first()?);
        match guide.question(question)?.kind {
            Kind::Several(_) => Some(self.question(question).choice(choice)),
            Kind::One(_)
            | Kind::Number(_)
            | Kind::Pair(_)
            | Kind::Date(_)
            | Kind::Text(_)
            | Kind::List(_) => None,
        }
    }

    /// A reason in one line, with what it is about.
    pub fn reason_line(&self, guide: &Guide, reason: &Reason) -> String {
        match self.subject(guide, reason) {
            Some(subject) => format!("{subject}: {}", self.reason(reason)),
            None => self.reason(reason).to_owned(),
        }
    }

    /// What the person can do next about a reason; may be empty.
    pub fn next_step(&self, reason: &Reason) -> &str {
        match (&reason.choice, reason.answers.first()) {
            (None, None) if reason.rule.as_str() == GUIDE_RULE => self.say(Say::ResultCallClinic),
            (Some(choice), Some(question)) => {
                let words = self.question(question);
                words.nexts.get(choice).unwrap_or(&words.reason.next)
            }
            _ => self.rules.get(&reason.rule).map_or("", |words| &words.next),
        }
    }

    /// One test of a rule in plain words, with what it found. Empty for what has no words.
    pub fn step(&self, guide: &Guide, answers: &Answers, step: &Step) -> String {
        let holds = step.truth == Truth::True;
        let number = if let Found::Number(number) = step.found { number.to_string() } else { String::new() };
        let compared = |operand: &Operand, yes: Say, no: Say, numbers: [(&str, f64); 2]| {
            let Some(question) = guide.question(&operand.question) else { return String::new() };
            let said = self.question(&question.id);
            let what = match operand.part.as_ref().and_then(|part| said.parts.get(part)) {
                Some(part) => format!("{part}:"),
                None => said.ask.clone(),
            };
            if number.is_empty() {
                return format!("{what} {}", self.say(Say::ReviewUnanswered));
            }
            let unit = match (&question.kind, &operand.part) {
                (Kind::Number(bounds), _) => said.unit_of(bounds),
                (Kind::Pair(parts), Some(part)) => {
                    parts.iter().find(|known| known.id == *part).map_or("", |part| part.bounds.unit.as_str())
                }
                _ => "",
            };
            let numbers = numbers.map(|(name, number)| (name, format!("{number} {unit}").trim().to_owned()));
            let [(name, first), (other, second)] = &numbers;
            let values = [("what", what.as_str()), ("found", &number), (*name, first), (*other, second)];
            self.fill(if holds { yes } else { no }, &values)
        };
        match &step.test {
            Condition::AtLeast(operand, least) => {
                compared(operand, Say::TraceAtLeast, Say::TraceLess, [("against", *least), ("least", *least)])
            }
            Condition::AtMost(operand, most) => {
                compared(operand, Say::TraceAtMost, Say::TraceMore, [("against", *most), ("most", *most)])
            }
            Condition::Between(operand, least, most) => {
                compared(operand, Say::TraceBetween, Say::TraceOutside, [("least", *least), ("most", *most)])
            }
            Condition::Count(_, least) => {
                self.fill(Say::TraceCount, &[("found", &number), ("against", &least.to_string())])
            }
            Condition::TickedAtLeast(_, least) if !number.is_empty() => {
                self.fill(Say::TraceTicked, &[("found", &number), ("against", &least.to_string())])
            }
            Condition::Is(id, _)
            | Condition::IsNot(id, _)
            | Condition::Includes(id, _)
            | Condition::Before(id, _)
            | Condition::After(id, _)
            | Condition::Answered(id)
            | Condition::TickedAtLeast(id, _) => {
                let Some(question) = guide.question(id) else { return String::new() };
                let said = match answers.get(id) {
                    Some(answer) => self.answer(question, answer),
                    None => self.say(Say::ReviewUnanswered).to_owned(),
                };
                format!("{} {said}", self.question(id).ask)
            }
            Condition::All(_) | Condition::Any(_) | Condition::Not(_) | Condition::Score(..) => String::new(),
        }
    }

    /// What a reason's rule found in numbers and counts, in plain words: what the answers themselves do not show.
    pub fn findings(&self, guide: &Guide, answers: &Answers, reason: &Reason) -> Vec<String> {
        let telling = |step: &&Step| matches!(step.found, Found::Number(_)) && step.speaks_for_it();
        reason.trace.iter().filter(telling).map(|step| self.step(guide, answers, step)).collect()
    }

    /// An answer in words, as the person chose or typed it. The entries of a list stand on lines of their own.
    pub fn answer(&self, question: &Question, answer: &Answer) -> String {
        let words = self.question(&question.id);
        match (answer, &question.kind) {
            (Answer::Blank, _) => self.say(Say::ReviewBlank).to_owned(),
            (Answer::Text(text), _) => text.clone(),
            (Answer::Date(date), _) => self.date(*date),
            (Answer::List(entries), _) => {
                let lines: Vec<String> = entries.iter().map(entry_in_words).collect();
                lines.join("\n")
            }
            (Answer::Number(number), Kind::Number(bounds)) => {
                format!("{number} {}", words.unit_of(bounds))
            }
            (Answer::Number(number), _) => number.to_string(),
            (Answer::Measured(measured), _) => {
                format!("{} {}", measured.typed, words.unit(&measured.unit))
            }
            (Answer::Pair([(_, high), (_, low)]), Kind::Pair([part, _])) => {
                format!("{high}/{low} {}", part.bounds.unit)
            }
            (Answer::Pair([(_, high), (_, low)]), _) => format!("{high}/{low}"),
            (Answer::One(_) | Answer::Several(_) | Answer::Named(..), _) => {
                let chosen: Vec<&str> = question
                    .choices()
                    .iter()
                    .filter(|choice| answer.has(&choice.id))
                    .map(|choice| words.choice(&choice.id))
                    .collect();
                let chosen = chosen.join("; ");
                if answer.names().is_empty() {
                    return chosen;
                }
                let names: Vec<&str> = answer.names().iter().map(|name| name.words.as_str()).collect();
                format!("{chosen}. {}: {}", self.say(Say::NamesSaid), names.join("; "))
            }
        }
    }
}

/// An id as words: `getting-ready` is "Getting ready".
pub fn spelled_out(id: &str) -> String {
    let words = id.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

impl ReasonWords {
    fn borrow_missing(&mut self, other: &Self) {
        if self.reason.is_empty() {
            self.reason.clone_from(&other.reason);
        }
        if self.next.is_empty() {
            self.next.clone_from(&other.next);
        }
    }
}

/// A text with its `{names}` replaced.
pub(super) fn filled(text: &str, values: &[(&str, &str)]) -> String {
    let mut text = text.to_owned();
    for (name, value) in values {
        text = text.replace(&format!("{{{name}}}"), value);
    }
    text
}

fn add_missing<K: Ord + Clone, V: Clone>(own: &mut Map<K, V>, other: &Map<K, V>) {
    for (key, value) in other {
        own.entry(key.clone()).or_insert_with(|| value.clone());
    }
}

impl QuestionWords {
    /// The words of a choice; its id if the file has none, so that it can still be chosen.
    pub fn choice<'w>(&'w self, id: &'w ChoiceId) -> &'w str {
        self.choices.get(id).map_or(id.as_str(), String::as_str)
    }

    /// The words of a part or of a field of an entry; its id if the file has none.
    pub fn part<'w>(&'w self, id: &'w PartId) -> &'w str {
        self.parts.get(id).map_or(id.as_str(), String::as_str)
    }

    /// The words of a unit; its id if the file has none.
    pub fn unit<'w>(&'w self, id: &'w UnitId) -> &'w str {
        self.units.get(id).map_or(id.as_str(), String::as_str)
    }

    /// The words of the unit that bounds and rules are in.
    pub fn unit_of<'w>(&'w self, bounds: &'w Bounds) -> &'w str {
        bounds.units.first().map_or(bounds.unit.as_str(), |unit| self.unit(&unit.id))
    }

    /// Whether the choice has words.
    pub fn has_choice(&self, id: &ChoiceId) -> bool {
        self.choices.contains_key(id)
    }

    /// Whether the choice has a reason to show.
    pub fn has_reason(&self, id: &ChoiceId) -> bool {
        self.reasons.contains_key(id) || !self.reason.reason.is_empty()
    }

    /// Whether the choice has a next step to show.
    pub fn has_next(&self, id: &ChoiceId) -> bool {
        self.nexts.contains_key(id) || !self.reason.next.is_empty()
    }
}

/// Replaces `{keys}` by the clinic's numbers and names.
pub struct Filler<'g> {
    guide: &'g Guide,
    range_to: String,
    /// Stands for a clinic whose name is not known.
    the_clinic: String,
}

impl<'g> Filler<'g> {
    /// For the words of a language.
    pub fn new(guide: &'g Guide, lang: &Lang) -> Self {
        Self::of_phrases(guide, guide.words.get(lang))
    }

    pub(super) fn of_phrases(guide: &'g Guide, words: Option<&Words>) -> Self {
        let phrase = |say, otherwise: &str| {
            words.and_then(|words| words.phrases.get(&say)).cloned().unwrap_or_else(|| otherwise.to_owned())
        };
        Self {
            guide,
            range_to: phrase(Say::CommonRangeTo, "to"),
            the_clinic: phrase(Say::CommonTheClinic, "the clinic"),
        }
    }

    /// The text with every `{key}` replaced. An unknown key stays as it is and is reported at `line`.
    pub fn fill(&self, text: &str, path: &str, line: Place, problems: &mut Vec<Problem>) -> String {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let Some((key, behind)) = split_key(after) else {
                filled.push('{');
                rest = after;
                continue;
            };
            match self.value(key) {
                Some(value) => filled.push_str(&value),
                None => {
                    filled.push('{');
                    filled.push_str(key);
                    filled.push('}');
                    // `{#name}` behind a heading is the name that links find it by.
                    if self.knows_settings()
                        && !key.starts_with('#')
                        && !NAMES_FILLED_LATER.contains(&key)
                        && problems.len() < MOST_PROBLEMS
                    {
                        problems.push(self.unknown(key, path, line));
                    }
                }
            }
            rest = behind;
        }
        filled.push_str(rest);
        filled
    }

    /// Without settings nothing can be filled, and that was said about the settings.
    fn knows_settings(&self) -> bool {
        let settings = &self.guide.settings;
        !settings.numbers.is_empty() || !settings.clinic.name.is_empty()
    }

    fn value(&self, key: &str) -> Option<String> {
        let settings = &self.guide.settings;
        match key {
            "clinic.name" if settings.clinic.name.is_empty() => return Some(self.the_clinic.clone()),
            "clinic.name" => return Some(settings.clinic.name.clone()),
            "clinic.phone" => return Some(settings.clinic.phone.clone()),
            "clinic.address" => return Some(settings.clinic.address.clone()),
            "clinic.hours" => return Some(settings.clinic.hours.clone()),
            _ => {}
        }
        let (name, end) = key.split_once('.').map_or((key, None), |(name, end)| (name, Some(end)));
        let number = settings.numbers.get(&NumberKey::from(name))?;
        match (end, number.to) {
            (None, None) | (Some("from"), _) => Some(number.from.to_string()),
            (None, Some(to)) => Some(format!("{} {} {to}", number.from, self.range_to)),
            (Some("to"), Some(to)) => Some(to.to_string()),
            (Some(_), _) => None,
        }
    }

    fn unknown(&self, key: &str, path: &str, line: Place) -> Problem {
        let known = self.guide.settings.numbers.keys().map(|key| key.as_str());
        let remedy = did_you_mean(
            key,
            known.chain(["clinic.name", "clinic.phone", "clinic.address", "clinic.hours"]),
            "Add the number to settings.toml, or take the braces out.",
        );
        problem_at(Severity::Error, path, line, format!("Nothing is known under `{{{key}}}`."), &remedy)
    }
}

/// The key before the next closing brace, and what stands behind it; none if no key can be meant.
fn split_key(after: &str) -> Option<(&str, &str)> {
    const MOST_KEY: usize = 80;
    let end = after.bytes().take(MOST_KEY).position(|byte| matches!(byte, b'{' | b'}'))?;
    let (key, behind) = (after.get(..end)?, after.get(end..)?);
    Some((key, behind.strip_prefix('}')?))
}

/// Reads the phrases of the interface.
pub(super) fn read_interface(
    path: &str,
    text: Text,
    guide: &Guide,
    words: &mut Words,
    problems: &mut Vec<Problem>,
) {
    let mut read = Vec::new();
    let mut unsigned = Vec::new();
    let phrases: Map<&str, Say> = Say::ALL.iter().map(|say| (say.key(), *say)).collect();
    reader::read(path, text, problems, |file| {
        read_groups(file, guide, words);
        read_signature(file, (path, text.start()), guide, words, &mut unsigned);
        for (name, table) in file.tables_by_id() {
            if [PAGE_GROUP, PAGE_TITLE, TRANSLATION].contains(&name.as_str()) {
                continue;
            }
            for (key, phrase, line) in table.texts_by_key() {
                let key = format!("{name}.{key}");
                match phrases.get(key.as_str()) {
                    Some(_) if phrase.trim().is_empty() => table.error_at(
                        key.rsplit('.').next().unwrap_or_default(),
                        format!("The words of `{key}` are empty."),
                        "Write the words between the quotes.",
                    ),
                    Some(say) => read.push((*say, phrase, line)),
                    None => table.error_at(
                        key.rsplit('.').next().unwrap_or_default(),
                        format!("There is no phrase `{key}`."),
                        &did_you_mean(&key, Say::ALL.iter().map(|say| say.key()), "Take the line out."),
                    ),
                }
            }
        }
    });
    problems.append(&mut unsigned);
    // These two are needed to fill the others.
    for (say, phrase, _) in &read {
        if matches!(say, Say::CommonRangeTo | Say::CommonTheClinic) {
            words.phrases.insert(*say, phrase.clone());
        }
    }
    let filler = Filler::of_phrases(guide, Some(words));
    let mut unfilled = Vec::new();
    let filled: Vec<(Say, String)> = read
        .into_iter()
        .map(|(say, phrase, line)| (say, filler.fill(&phrase, path, line, &mut unfilled)))
        .collect();
    words.phrases.extend(filled);
    problems.append(&mut unfilled);
    let mut gaps = Gaps::new(guide, &words.lang, path.to_owned());
    for say in Say::ALL {
        let weight = if say.is_about_safety() { Weight::Safety } else { Weight::Plain };
        gaps.look(
            words.phrases.contains_key(say),
            (say.key().to_owned(), weight),
            text.start(),
            || format!("The phrase `{}` is missing; the English one is shown.", say.key()),
            || {
                "Copy it from en/words.toml of the guide you started from, and put it into this language."
                    .to_owned()
            },
        );
    }
    gaps.report(problems);
}

/// Where the words of page groups stand in `words.toml`.
const PAGE_GROUP: &str = "page_group";
/// Where the titles of pages stand in `words.toml`, for as long as the pages have not come.
const PAGE_TITLE: &str = "page_title";

/// Reads the words of the groups of pages, and the titles of pages.
fn read_groups(file: &Table, guide: &Guide, words: &mut Words) {
    for (id, table) in file.table(PAGE_GROUP).iter().flat_map(Table::tables_by_id) {
        let group = GroupWords {
            title: table.needed_text("title").unwrap_or_default(),
            lead: table.text("lead").unwrap_or_default(),
        };
        table.finish();
        words.groups.insert(GroupId::from(id.as_str()), group);
    }
    let groups = &guide.settings.groups;
    for group in groups.iter().filter(|group| !words.groups.contains_key(&group.id)) {
        file.error(
            format!("The group of pages `{}` has no title.", group.id),
            &format!("Add [{PAGE_GROUP}.{}] with a `title`.", group.id),
        );
    }
    if let Some(titles) = file.table(PAGE_TITLE) {
        for (id, title, _) in titles.texts_by_key() {
            words.titles.insert(PageId::from(id.as_str()), title);
        }
    }
}

/// Reads the glossary.
pub(super) fn read_glossary(
    path: &str,
    text: Text,
    guide: &Guide,
    words: &mut Words,
    problems: &mut Vec<Problem>,
) {
    let filler = Filler::of_phrases(guide, Some(words));
    let mut unfilled = Vec::new();
    words.terms = reader::read(path, text, problems, |file| {
        let mut fill = |text: String, line: Place| filler.fill(&text, path, line, &mut unfilled);
        let mut terms = Map::new();
        for (id, table) in file.table("term").iter().flat_map(Table::tables_by_id) {
            let line = table.line();
            let (word, meaning) = (table.needed_text("word"), table.needed_text("meaning"));
            table.finish();
            if let (Some(word), Some(meaning)) = (word, meaning) {
                let term = Term { word: fill(word, line), meaning: fill(meaning, line) };
                terms.insert(TermId::from(id.as_str()), term);
            }
        }
        terms
    });
    problems.append(&mut unfilled);
}

/// Reads the words of the screening; those of the end, reasons of rules and advice, only if the `WHOLE` of the widget is there.
pub(super) fn read_screening<const WHOLE: bool>(
    path: &str,
    text: Text,
    guide: &Guide,
    words: &mut Words,
    problems: &mut Vec<Problem>,
) {
    let filler = Filler::of_phrases(guide, Some(words));
    let lost = guide.lost.iter().chain(&guide.off).map(String::as_str);
    let mut unfilled = Vec::new();
    let mut unsigned = Vec::new();
    let (sections, questions, rules, advice) = reader::read(path, text, problems, |file| {
        read_signature(file, (path, text.start()), guide, words, &mut unsigned);
        let mut fill = |text: String, line: Place| filler.fill(&text, path, line, &mut unfilled);
        let mut sections = Map::new();
        for (id, table) in file.table("section").iter().flat_map(Table::tables_by_id) {
            let line = table.line();
            let section = SectionWords {
                title: table.needed_text("title").map(|text| fill(text, line)).unwrap_or_default(),
                intro: table.text("intro").map(|text| fill(text, line)).unwrap_or_default(),
            };
            table.finish();
            known_or_report(&table, &id, "section", guide.sections.iter().map(SectionId::as_str));
            sections.insert(SectionId::from(id.as_str()), section);
        }
        let mut questions = Map::new();
        for (id, table) in file.table("question").iter().flat_map(Table::tables_by_id) {
            let table = table.named(format!("the words of `{id}`"));
            let known = known_or_report(
                &table,
                &id,
                "question",
                guide.questions.iter().map(|question| question.id.as_str()).chain(lost.clone()),
            );
            let id = QuestionId::from(id.as_str());
            let question = read_question_words(&table, guide.question(&id).filter(|_| known), &mut fill);
            table.finish();
            questions.insert(id, question);
        }
        let mut rules = Map::new();
        for (id, table) in file.table("rule").filter(|_| WHOLE).iter().flat_map(Table::tables_by_id) {
            let rule = read_reason_words(&table, &mut fill);
            table.finish();
            known_or_report(
                &table,
                &id,
                "rule",
                guide.rules.iter().map(|rule| rule.id.as_str()).chain(lost.clone()),
            );
            rules.insert(RuleId::from(id.as_str()), rule);
        }
        let mut advice = Map::new();
        for kind in AdviceKind::ALL {
            for (id, table) in
                file.table(kind.as_str()).filter(|_| WHOLE).iter().flat_map(Table::tables_by_id)
            {
                let text = table.needed_text("text").map(|text| fill(text, table.line()));
                table.finish();
                let known = guide.advice.iter().filter(|advice| advice.kind == kind);
                let known = known.map(|advice| advice.id.as_str());
                known_or_report(&table, &id, kind.in_words(), known.chain(lost.clone()));
                advice.insert((kind, AdviceId::from(id.as_str())), text.unwrap_or_default());
            }
        }
        (sections, questions, rules, advice)
    });
    problems.append(&mut unfilled);
    problems.append(&mut unsigned);
    words.sections = sections;
    words.questions = questions;
    words.rules = rules;
    words.advice = advice;
}

fn read_reason_words(table: &Table, fill: &mut impl FnMut(String, Place) -> String) -> ReasonWords {
    let line = table.line();
    ReasonWords {
        reason: table.text("reason").map(|text| fill(text, line)).unwrap_or_default(),
        next: table.text("next").map(|text| fill(text, line)).unwrap_or_default(),
    }
}

fn read_question_words(
    table: &Table,
    question: Option<&Question>,
    fill: &mut impl FnMut(String, Place) -> String,
) -> QuestionWords {
    let carer = table.table("carer").map(|carer| {
        let words = read_said_words(&carer, question, false, fill);
        carer.finish();
        Box::new(words)
    });
    QuestionWords { carer, ..read_said_words(table, question, true, fill) }
}

/// Reads what is said of a question; `whole` if it must say what is asked.
fn read_said_words(
    table: &Table,
    question: Option<&Question>,
    whole: bool,
    fill: &mut impl FnMut(String, Place) -> String,
) -> QuestionWords {
    let line = table.line();
    let mut by_choice = |key: &str| {
        let mut entries = Map::new();
        let Some(choices) = table.table(key) else { return entries };
        for (id, text, line) in choices.texts_by_key() {
            if let Some(question) = question {
                let known = question.choices().iter().map(|choice| choice.id.as_str());
                known_or_report(&choices, &id, "choice", known);
            }
            if text.trim().is_empty() {
                choices.error_at(
                    &id,
                    format!("The words of `{id}` are empty."),
                    "Write the words between the quotes.",
                );
            } else {
                entries.insert(ChoiceId::from(id.as_str()), fill(text, line));
            }
        }
        choices.finish();
        entries
    };
    let choices = by_choice("choices");
    let reasons = by_choice("reasons");
    let nexts = by_choice("nexts");
    let kind = question.map(|question| &question.kind);
    let known_parts: Vec<&str> = match kind {
        Some(Kind::Pair(known)) => known.iter().map(|part| part.id.as_str()).collect(),
        Some(Kind::List(known)) => known.fields.iter().map(|field| field.id.as_str()).collect(),
        _ => Vec::new(),
    };
    let known_units: Vec<&str> = match kind {
        Some(Kind::Number(bounds)) => bounds.units.iter().map(|unit| unit.id.as_str()).collect(),
        _ => Vec::new(),
    };
    let mut labels_of = |key: &str, what: &str, known: &[&str]| {
        let mut found = Vec::new();
        let Some(labels) = table.table(key) else { return found };
        for (id, label, line) in labels.texts_by_key() {
            known_or_report(&labels, &id, what, known.iter().copied());
            found.push((id, fill(label, line)));
        }
        found
    };
    let parts = labels_of("parts", "part", &known_parts);
    let units = labels_of("units", "unit", &known_units);
    let terms = table.table("terms").map_or_else(Vec::new, |terms| {
        terms.texts_by_key().into_iter().map(|(name, meaning, line)| (name, fill(meaning, line))).collect()
    });
    QuestionWords {
        stem: String::new(),
        item: false,
        ask: if whole { table.needed_text("ask") } else { table.text("ask") }
            .map(|text| fill(text, line))
            .unwrap_or_default(),
        hint: table.text("hint").map(|text| fill(text, line)).unwrap_or_default(),
        why: table.text("why").map(|text| fill(text, line)).unwrap_or_default(),
        too_low: table.text("too_low").map(|text| fill(text, line)).unwrap_or_default(),
        too_high: table.text("too_high").map(|text| fill(text, line)).unwrap_or_default(),
        terms,
        parts: parts.into_iter().map(|(id, label)| (PartId::from(id.as_str()), label)).collect(),
        units: units.into_iter().map(|(id, label)| (UnitId::from(id.as_str()), label)).collect(),
        line,
        choices,
        reason: read_reason_words(table, fill),
        reasons,
        nexts,
        for_carer: false,
        carer: None,
    }
}

/// Reads the words of the instruments. The official ones of an item are its stem, its own words and its answers.
pub(super) fn read_instruments(
    path: &str,
    text: Text,
    guide: &Guide,
    words: &mut Words,
    problems: &mut Vec<Problem>,
) {
    let defined = &guide.defined;
    let mut unsigned = Vec::new();
    let (questions, instruments) = reader::read(path, text, problems, |file| {
        read_signature(file, (path, text.start()), guide, words, &mut unsigned);
        let stems: Map<String, String> = file
            .table("stem")
            .iter()
            .flat_map(Table::texts_by_key)
            .map(|(key, text, _)| (key, text))
            .collect();
        let mut scales: Map<String, Map<ChoiceId, String>> = Map::new();
        for (id, table) in file.table("scale").iter().flat_map(Table::tables_by_id) {
            known_or_report(&table, &id, "scale", defined.scales.keys().map(String::as_str));
            let known = defined.scales.get(&id);
            let choices = table.texts_by_key().into_iter().filter(|(choice, text, _)| {
                let known = known.into_iter().flatten().map(ChoiceId::as_str);
                known_or_report(&table, choice, "choice", known) && !text.trim().is_empty()
            });
            scales.insert(
                id,
                choices.map(|(choice, text, _)| (ChoiceId::from(choice.as_str()), text)).collect(),
            );
        }
        let mut questions = Map::new();
        for (id, table) in file.table("item").iter().flat_map(Table::tables_by_id) {
            known_or_report(&table, &id, "item", defined.items.iter().map(QuestionId::as_str));
            let (ask, why) = (table.needed_text("ask"), table.text("why"));
            table.finish();
            let id = QuestionId::from(id.as_str());
            let scale = defined.scale_of.get(&id);
            let stem = defined.stem_of.get(&id);
            let question = QuestionWords {
                ask: ask.unwrap_or_default(),
                why: why.unwrap_or_default(),
                stem: stem.and_then(|stem| stems.get(stem)).cloned().unwrap_or_default(),
                choices: scale.and_then(|scale| scales.get(scale)).cloned().unwrap_or_default(),
                line: table.line(),
                item: true,
                ..QuestionWords::default()
            };
            let answers = scale.and_then(|scale| defined.scales.get(scale));
            let whole = !question.ask.is_empty()
                && (stem.is_none() || !question.stem.is_empty())
                && answers.is_some_and(|all| all.iter().all(|choice| question.has_choice(choice)));
            if guide.is_item(&id) {
                questions.insert(id, (question, whole));
            }
        }
        let mut instruments = Map::new();
        for (id, table) in file.table("instrument").iter().flat_map(Table::tables_by_id) {
            known_or_report(&table, &id, "instrument", defined.most.keys().map(InstrumentId::as_str));
            let bands = table.table("bands").iter().flat_map(Table::texts_by_key).collect::<Vec<_>>();
            let instrument = InstrumentWords {
                title: table.needed_text("title").unwrap_or_default(),
                alone: table.text("alone").unwrap_or_default(),
                bands: bands.into_iter().map(|(band, text, _)| (BandId::from(band.as_str()), text)).collect(),
            };
            table.finish();
            instruments.insert(InstrumentId::from(id.as_str()), instrument);
        }
        (questions, instruments)
    });
    problems.append(&mut unsigned);
    for (id, (question, whole)) in questions {
        if whole {
            words.items.insert(id.clone());
        }
        words.questions.insert(id, question);
    }
    words.instruments = instruments;
}

/// Reads the words of the tasks.
pub(super) fn read_plan(
    path: &str,
    text: Text,
    guide: &Guide,
    words: &mut Words,
    problems: &mut Vec<Problem>,
) {
    let filler = Filler::of_phrases(guide, Some(words));
    let mut unfilled = Vec::new();
    let mut unsigned = Vec::new();
    let tasks = reader::read(path, text, problems, |file| {
        read_signature(file, (path, text.start()), guide, words, &mut unsigned);
        let mut fill = |text: String, line: Place| filler.fill(&text, path, line, &mut unfilled);
        let mut tasks = Map::new();
        for (id, table) in file.table("task").iter().flat_map(Table::tables_by_id) {
            let line = table.line();
            let task = TaskWords {
                title: table.needed_text("title").map(|text| fill(text, line)).unwrap_or_default(),
                text: table.text("text").map(|text| fill(text, line)).unwrap_or_default(),
            };
            table.finish();
            let known = guide.tasks.iter().map(|task| task.id.as_str());
            known_or_report(&table, &id, "task", known.chain(guide.off.iter().map(String::as_str)));
            tasks.insert(TaskId::from(id.as_str()), task);
        }
        tasks
    });
    problems.append(&mut unfilled);
    problems.append(&mut unsigned);
    words.tasks = tasks;
}

/// The table of a words file that says who read the translation.
const TRANSLATION: &str = "translation";

/// What is said of a translation that nobody has signed.
pub const UNSIGNED_TRANSLATION: &str = "Nobody has signed this translation yet.";

/// Reads who read a translation and signed it. The guide's first language is no translation, unless it says so.
fn read_signature(
    file: &Table,
    (path, start): (&str, Place),
    guide: &Guide,
    words: &mut Words,
    problems: &mut Vec<Problem>,
) {
    let table = file.table(TRANSLATION);
    let signed = table.as_ref().is_some_and(|table| {
        table.date("reviewed_on");
        let reviewer = table.text("reviewer");
        table.finish();
        reviewer.is_some_and(|reviewer| !reviewer.trim().is_empty())
    });
    let translated = guide.settings.languages.first().is_some_and(|first| *first != words.lang);
    if signed || (table.is_none() && !translated) {
        return;
    }
    words.unsigned = true;
    problems.push(problem_at(
        Severity::Warning,
        path,
        table.map_or(start, |table| table.line()),
        UNSIGNED_TRANSLATION.to_owned(),
        "Have a clinician or a medical translator read it, then write the name in `reviewer` under [translation].",
    ));
}

/// Whether words belong to something that exists; says so if they do not.
fn known_or_report<'a>(
    table: &Table,
    id: &str,
    what: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> bool {
    // With nothing known the structure file is not there or is broken, which is said elsewhere.
    if known.clone().next().is_none() || known.clone().any(|known| known == id) {
        return true;
    }
    table.error(
        format!("There are words for a {what} `{id}`, which does not exist."),
        &did_you_mean(id, known, "Correct the id, or take the words out."),
    );
    false
}
