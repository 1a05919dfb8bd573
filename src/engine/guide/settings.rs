//! The clinic's settings: who it is, where help is, where a request goes, and every number with its bounds.

use crate::engine::map::{Map, Set};

use crate::engine::guide::reader::{self, Place, Table, Text};
use crate::engine::guide::screening::did_you_mean;
use crate::engine::guide::theme::{self, Theme};
use crate::engine::guide::{self, FORMAT, paths};
use crate::engine::handoff::channel::{self, Handoff};
use crate::engine::ids::{GroupId, InstrumentId, Lang, NumberKey, PageId, QuestionId, is_id};
use crate::engine::problem::Problem;

/// What settings.toml says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// The languages that the guide has, the default first; never empty after [`read`].
    pub languages: Vec<Lang>,
    /// What each language is called by those who speak it; the tag where nothing is said.
    pub language_names: Map<Lang, String>,
    /// The education pages, in the order they are listed: those of the groups first.
    pub pages: Vec<PageId>,
    /// Whether there is a check for after a visit, in aftercare.toml.
    pub aftercare: bool,
    /// Where it says that a person may keep their own file on their device; none while that is off.
    pub keep_on_device: Option<Place>,
    /// The question whose choices can be found by the names in medicines.toml, if there is one.
    pub medicines: Option<QuestionId>,
    /// The groups that the pages are listed in; empty if there are none.
    pub groups: Vec<PageGroup>,
    /// Pages about price. They are put away while the answers call for help.
    pub about_price: Vec<PageId>,
    /// Pages that are not shown. A link to one is shown as its words.
    pub hidden: Set<PageId>,
    /// The clinic.
    pub clinic: Clinic,
    /// The country whose help lines are shown first, for example `US`.
    pub region: String,
    /// The ways a request can reach the clinic.
    pub handoff: Handoff,
    /// Which instruments are asked, and what is made of their scores.
    pub instruments: Instruments,
    /// The configured numbers.
    pub numbers: Map<NumberKey, Number>,
    /// The clinic's own colours and sizes.
    pub theme: Theme,
    /// The files of the clinic's own folder beside its settings.toml, by their paths in it. A browser cannot look
    /// into a folder, and a stricter rule must not be passed by because its file was not asked for.
    pub own_files: Vec<String>,
}

/// Pages that are listed together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageGroup {
    /// The group's id.
    pub id: GroupId,
    /// Its pages, in order.
    pub pages: Vec<PageId>,
}

/// Which instruments are asked, and what is made of their scores.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Instruments {
    /// Those that are switched on.
    pub on: Vec<InstrumentId>,
    /// Whether the person sees the scores.
    pub show_scores: bool,
    /// The hours in which somebody at the clinic looks at what comes in; empty if nobody said so. Answers about harm
    /// to oneself, and scores that hold them, leave only then.
    pub monitored_hours: String,
    /// The line that `[instruments]` begins on.
    pub line: Place,
}

/// How to reach the clinic. Empty texts are not shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Clinic {
    /// Its name.
    pub name: String,
    /// Its phone number, as it is shown.
    pub phone: String,
    /// Its postal address.
    pub address: String,
    /// Its opening hours.
    pub hours: String,
    /// The address of its privacy policy.
    pub privacy_url: String,
    /// Its time zone by its IANA name, for example `America/New_York`; empty if it does not say.
    pub zone: String,
}

/// A configured number, or a range of two.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// The number, or the low end of the range.
    pub from: f64,
    /// The high end of the range; none for a single number.
    pub to: Option<f64>,
    /// The unit, for example `hours`.
    pub unit: String,
    /// The line it stands on.
    pub line: Place,
}

/// Reads settings.toml. Whatever is wrong is reported; the rest is kept, the phone number above all. How a request is handed
/// off is read only if the `WHOLE` of the widget is there.
pub fn read<const WHOLE: bool>(path: &str, text: Text, problems: &mut Vec<Problem>) -> Settings {
    reader::read(path, text, problems, |file| {
        check_format(file);
        let mut settings = Settings::default();
        match file.table("guide") {
            Some(guide) => {
                for (tag, _) in guide.texts("languages") {
                    if is_language(&tag) {
                        push_new(&mut settings.languages, Lang::from(tag.as_str()), &guide, "languages");
                    } else {
                        guide.error_at(
                            "languages",
                            format!("`{tag}` is not a language tag."),
                            "Write a tag such as \"en\", \"es\" or \"pt-BR\".",
                        );
                    }
                }
                settings.about_price = page_ids(&guide, "about_price");
                settings.hidden = page_ids(&guide, "off").into_iter().collect();
                settings.groups = read_groups(file, &settings.hidden);
                settings.pages = settings.groups.iter().flat_map(|group| group.pages.clone()).collect();
                for page in page_ids(&guide, "pages") {
                    if !settings.pages.contains(&page) && !settings.hidden.contains(&page) {
                        settings.pages.push(page);
                    }
                }
                settings.aftercare = guide.flag("aftercare");
                settings.keep_on_device =
                    guide.flag("keep_on_device").then(|| guide.line_of("keep_on_device"));
                settings.medicines = guide.id("medicines").map(|id| QuestionId::from(id.as_str()));
                guide.finish();
            }
            None => file.error(
                "The table `[guide]` is missing.".to_owned(),
                "Add [guide] with the lists `languages` and `pages`.",
            ),
        }
        if let Some(names) = file.table("languages") {
            for (tag, name, _) in names.texts_by_key() {
                settings.language_names.insert(Lang::from(tag.as_str()), name.trim().to_owned());
            }
        }
        if settings.languages.is_empty() {
            settings.languages.push(Lang::from("en"));
        }
        if let Some(clinic) = file.table("clinic") {
            let text = |key| clinic.text(key).unwrap_or_default().trim().to_owned();
            settings.clinic = Clinic {
                name: clinic.needed_text("name").unwrap_or_default(),
                phone: clinic.needed_text("phone").unwrap_or_default(),
                address: text("address"),
                hours: text("hours"),
                privacy_url: text("privacy_url"),
                zone: text("zone"),
            };
            if !settings.clinic.zone.is_empty() && !is_zone_name(&settings.clinic.zone) {
                clinic.error_at(
                    "zone",
                    format!("`{}` is not the name of a time zone.", settings.clinic.zone),
                    "Write it as \"America/New_York\", or leave it empty; people choose one then.",
                );
                settings.clinic.zone.clear();
            }
            if !settings.clinic.privacy_url.is_empty() && !is_web_address(&settings.clinic.privacy_url) {
                clinic.error_at(
                    "privacy_url",
                    "`privacy_url` is not a web address.".to_owned(),
                    "Write it with https:// in front, or leave it empty.",
                );
                settings.clinic.privacy_url.clear();
            }
            clinic.finish();
        } else {
            file.error(
                "The table `[clinic]` is missing, so patients see no phone number.".to_owned(),
                "Add [clinic] with `name` and `phone`.",
            );
        }
        if settings.clinic.phone.is_empty() {
            settings.clinic.phone = phone_in(text.clinic).or_else(|| phone_in(text.base)).unwrap_or_default();
        }
        settings.region = match file.table("crisis") {
            Some(crisis) => {
                let region = crisis.text("region").unwrap_or_else(|| "US".to_owned());
                crisis.finish();
                region
            }
            None => "US".to_owned(),
        };
        if let Some(table) = file.table("instruments") {
            let on = table.texts("on").into_iter().map(|(id, _)| InstrumentId::from(id.as_str()));
            settings.instruments = Instruments {
                on: on.collect(),
                show_scores: table.flag("show_scores"),
                monitored_hours: table.text("monitored_hours").unwrap_or_default().trim().to_owned(),
                line: table.line(),
            };
            table.finish();
        }
        if let Some(handoff) = file.table("handoff").filter(|_| WHOLE) {
            settings.handoff = channel::read(&handoff);
            handoff.finish();
        }
        if let Some(theme) = file.table("theme") {
            settings.theme = theme::read(&theme);
            theme.finish();
        }
        if let Some(numbers) = file.table("numbers") {
            for (key, table) in numbers.tables_by_id() {
                if let Some(number) = read_number(&key, &table) {
                    settings.numbers.insert(NumberKey::from(key.as_str()), number);
                }
                table.finish();
            }
            numbers.finish();
        }
        settings.own_files = read_own_files(file, &settings);
        settings
    })
}

/// The list `files` of a clinic's own settings.toml. A name that no file of the guide has is refused: what it holds
/// would never be read.
fn read_own_files(file: &Table, settings: &Settings) -> Vec<String> {
    let known = guide::all_paths(settings);
    let mut own = Vec::new();
    for (path, place) in file.texts("files") {
        if !place.clinic {
            file.error_on(
                place,
                "`files` is for a clinic's own folder, and this is the guide's settings.toml.".to_owned(),
                "Take the list out.",
            );
            break;
        }
        if path == paths::SETTINGS || own.contains(&path) {
            continue;
        }
        if known.contains(&path) {
            own.push(path);
        } else {
            file.error_on(
                place,
                format!("The guide has no file `{path}`, so it would never be read."),
                &did_you_mean(
                    &path,
                    known.iter().map(String::as_str),
                    "Write a path in this folder, such as \"screening.toml\" or \"en/pages/costs.md\".",
                ),
            );
        }
    }
    own
}

/// The phone number of a file whose `[clinic]` cannot be read: a patient needs it most when something is broken.
fn phone_in(text: &str) -> Option<String> {
    text.lines().find_map(|line| {
        let value = line.trim_start().strip_prefix("phone")?.trim_start().strip_prefix('=')?;
        let number = value.split('#').next().unwrap_or_default().trim().trim_matches(['"', '\'']).trim();
        phone_address(number).map(|_| number.to_owned())
    })
}

/// Says so when a file was written for another version of the format.
pub(super) fn check_format(file: &Table) {
    let format = file.needed_number("format");
    if format.is_some_and(|format| format != FORMAT) {
        file.error_at(
            "format",
            format!(
                "This file says format {}, and this guide reads format {FORMAT}.",
                format.unwrap_or_default()
            ),
            "See docs/changelog.html for what changed, mend the file, then set the number.",
        );
    }
}

fn push_new<T: PartialEq + std::fmt::Display>(list: &mut Vec<T>, entry: T, table: &Table, key: &str) {
    if list.contains(&entry) {
        table.error_at(key, format!("`{entry}` stands twice in `{key}`."), "Take one of the two out.");
    } else {
        list.push(entry);
    }
}

/// The page ids of a list; one that cannot be an id, or stands there twice, is reported.
fn page_ids(table: &Table, key: &str) -> Vec<PageId> {
    let mut pages = Vec::new();
    for (page, _) in table.texts(key) {
        if is_id(&page) {
            push_new(&mut pages, PageId::from(page.as_str()), table, key);
        } else {
            table.error_at(
                key,
                format!("`{page}` cannot be a page's id."),
                "Use the file's name without `.md`: small letters, digits, `-` and `_`.",
            );
        }
    }
    pages
}

/// The groups of pages, without those that are hidden or empty. A page is in one group only.
fn read_groups(file: &Table, hidden: &Set<PageId>) -> Vec<PageGroup> {
    let mut groups: Vec<PageGroup> = Vec::new();
    for table in file.tables("page_group") {
        let id = table.needed_id("id");
        let mut pages = page_ids(&table, "pages");
        // Only what a clinic lays over it can be switched off; what is left here says `false`.
        let off = table.flag("off");
        table.finish();
        let Some(id) = id.filter(|_| !off) else { continue };
        if groups.iter().any(|group| group.id.as_str() == id) {
            table.error(format!("The group `{id}` is there twice."), "Put all of its pages into one.");
            continue;
        }
        pages.retain(|page| {
            let other = groups.iter().find(|group| group.pages.contains(page));
            if let Some(other) = other {
                table.error_at(
                    "pages",
                    format!("The page `{page}` is in the group `{}` already.", other.id),
                    "Take it out of one of the two.",
                );
            }
            other.is_none() && !hidden.contains(page)
        });
        if !pages.is_empty() {
            groups.push(PageGroup { id: GroupId::from(id.as_str()), pages });
        }
    }
    groups
}

/// Whether `tag` may serve as a language tag.
pub(in crate::engine) fn is_language(tag: &str) -> bool {
    (2..=35).contains(&tag.len())
        && tag.split('-').all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

/// Whether a text may be the IANA name of a time zone: whether there is such a zone only those know who have its data.
pub fn is_zone_name(name: &str) -> bool {
    let part = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+'))
    };
    (3..=64).contains(&name.len()) && name.split('/').all(part)
}

fn is_web_address(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

fn read_number(key: &str, table: &Table) -> Option<Number> {
    let unit = table.needed_text("unit").unwrap_or_default();
    let least = table.needed_number("least");
    let most = table.needed_number("most");
    let single = table.has("value");
    let (from, to) = if single {
        (table.needed_number("value")?, None)
    } else {
        let (from, to) = (table.needed_number("from"), table.needed_number("to"));
        (from?, Some(to?))
    };
    if to.is_some_and(|to| to < from) {
        table.error_at(
            "to",
            format!("The range of `{key}` ends before it begins."),
            "Put the smaller number in `from`.",
        );
        return None;
    }
    let mut number = Number { from, to, unit, line: table.line() };
    let (Some(least), Some(most)) = (least, most) else { return Some(number) };
    let outside = |value: f64| !(least..=most).contains(&value);
    if outside(from) || to.is_some_and(outside) {
        let place = if single { "value" } else { "from" };
        let unit = &number.unit;
        table.error_at(
            place,
            format!("`{key}` is outside of its bounds, {least} to {most} {unit}; the nearest allowed number is used."),
            "Write a number within the bounds. The bounds come from clinical-facts.md and are not the clinic's to change.",
        );
        // `clamp` would panic on bounds that are the wrong way round.
        number.from = from.max(least).min(most);
        number.to = to.map(|to| to.max(least).min(most));
    }
    Some(number)
}

impl Settings {
    /// What a language is called by those who speak it.
    pub fn language_name<'s>(&'s self, lang: &'s Lang) -> &'s str {
        let known = self.language_names.get(lang).map(String::as_str).filter(|name| !name.is_empty());
        known.unwrap_or(match lang.as_str() {
            "en" => "English",
            "es" => "Español",
            tag => tag,
        })
    }

    /// The group that a page is in.
    pub fn group_of(&self, page: &PageId) -> Option<&PageGroup> {
        self.groups.iter().find(|group| group.pages.contains(page))
    }

    /// The page before and the page after this one in its group.
    pub fn neighbours(&self, page: &PageId) -> (Option<&PageId>, Option<&PageId>) {
        let pages = self.group_of(page).map_or(self.pages.as_slice(), |group| &group.pages);
        let place = pages.iter().position(|other| other == page);
        let at = |place: Option<usize>| place.and_then(|place| pages.get(place));
        (at(place.and_then(|place| place.checked_sub(1))), at(place.map(|place| place + 1)))
    }

    /// The value that a key of `[numbers]` stands for in a rule: the number, or the low end of a range.
    pub fn threshold(&self, key: &str) -> Option<f64> {
        self.numbers.get(key).map(|number| number.from)
    }
}

impl Clinic {
    /// The phone number as a `tel:` address; none if there is no number.
    pub fn phone_address(&self) -> Option<String> {
        phone_address(&self.phone)
    }
}

/// A phone number as a `tel:` address: its digits, and a leading `+`.
pub fn phone_address(phone: &str) -> Option<String> {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    let plus = if phone.trim_start().starts_with('+') { "+" } else { "" };
    (!digits.is_empty()).then(|| format!("tel:{plus}{digits}"))
}
