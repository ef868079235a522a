//! From a table to what becomes of each row: pure. A list makes no director, no steward and nobody who speaks from lived experience,
//! and changes no role.

use super::{
    super::model::AgencyRole,
    model::{Asked, Body, Judged, Known, MOST_PEOPLE, Outcome},
};
use crate::{
    mail::Language,
    platform::{
        fold::fold,
        form::Problems,
        ids::PartnerId,
        labels::Label as _,
        sheet::unguarded,
        tables::{Row, Table},
    },
};
use std::collections::HashMap;

/// What a column is, by its folded headings.
const COLUMNS: [(&str, &[&str]); 5] = [
    ("name", &["name", "full name", "person", "member", "employee", "staff member"]),
    ("email", &["email", "e mail", "email address", "e mail address", "mail", "address"]),
    ("role", &["role", "member role", "role here", "invited as"]),
    ("body", &["body", "partner", "organization", "organisation", "tribe", "body or tribe", "comes for", "for"]),
    ("language", &["language", "preferred language", "letters in", "idioma", "lengua"]),
];

/// The rows of a table, by its headings.
///
/// # Errors
/// A sentence that says what the list lacks.
pub(super) fn asked(table: &Table) -> Result<Vec<Asked>, String> {
    let place = |column: usize| {
        let known = COLUMNS[column].1;
        let ranked = table.headings.iter().enumerate().filter_map(|(at, heading)| {
            let heading = fold(heading);
            Some((known.iter().position(|one| *one == heading)?, at))
        });
        ranked.min().map(|(_, at)| at)
    };
    let [name, email, role, body, language] = [place(0), place(1), place(2), place(3), place(4)];
    let (Some(name), Some(email), Some(role)) = (name, email, role) else {
        return Err("Give the list the headings Name, Email and Role, and Body where people come for a body".to_owned());
    };
    if table.rows.len() > MOST_PEOPLE {
        return Err(format!("Split the list: it has {} rows, and one list may have {MOST_PEOPLE}", table.rows.len()));
    }
    let cell = |row: &Row, at: usize| unguarded(row.cells.get(at).map_or("", String::as_str)).trim().to_owned();
    Ok(table
        .rows
        .iter()
        .map(|row| Asked {
            number: i32::try_from(row.number).unwrap_or(i32::MAX),
            name: cell(row, name),
            email: cell(row, email),
            role: cell(row, role),
            body: body.map(|at| cell(row, at)).filter(|body| !body.is_empty()).map_or(Body::None, Body::Named),
            language: language.map(|at| cell(row, at)).unwrap_or_default(),
            fault: row.fault.as_ref().map(ToString::to_string).unwrap_or_default(),
        })
        .collect())
}

/// What a cell of the column for the role says.
enum Wanted {
    Agency(AgencyRole),
    OfABody,
    Not(&'static str),
    /// Nothing of the row is kept.
    Confidential(&'static str),
}

fn wanted(role: &str) -> Wanted {
    match fold(role).as_str() {
        "director" | "deputy director" => Wanted::Not("A director is invited by a director, one at a time"),
        "staff" => Wanted::Agency(AgencyRole::Staff),
        "analyst" => Wanted::Agency(AgencyRole::Analyst),
        "administrator" | "admin" => Wanted::Agency(AgencyRole::Administrator),
        "partner" | "member" | "representative" | "partner member" | "partner representative" => Wanted::OfABody,
        "steward" | "tribal steward" | "first steward" => Wanted::Not("A steward is named by the body itself, never from a list"),
        "community member" | "lived experience" | "person with lived experience" | "community" => Wanted::Confidential(
            "People with lived experience are invited one at a time, with the facilitators they work with. That they speak from it is confidential: take the row out of the file",
        ),
        _ => Wanted::Not("Enter a role: staff, analyst or administrator, or partner with the name of the body"),
    }
}

/// The language that a cell names: by its code, by its own name, or by its name in English or Spanish.
fn spoken(cell: &str) -> Option<Language> {
    let cell = fold(cell);
    let code = match cell.as_str() {
        "ingles" => "en",
        "spanish" => "es",
        named => named,
    };
    let named = || Language::choices().into_iter().find(|choice| fold(&choice.label) == code);
    Language::parse(code).or_else(|| named().and_then(|choice| Language::parse(&choice.value)))
}

/// The reason, and what stands in the cell that it is about.
fn with_cell(reason: &str, cell: &str) -> String {
    let shown: String = cell.chars().take(60).collect();
    if shown.is_empty() { reason.to_owned() } else { format!("{reason}. The cell says “{shown}”") }
}

/// A role that nobody here has may be a slip in words for lived experience, and those are told to nobody.
fn may_be_of_the_person(role: &str) -> bool {
    let role = fold(role);
    ["lived", "exper", "commun", "parent", "youth", "famil"].iter().any(|word| role.contains(word))
}

/// What becomes of each row, in the order of the file.
pub(super) fn judge(rows: &[Asked], known: &Known) -> Vec<Judged> {
    let mut judge = Judge { known, bodies: by_name(known), earlier: HashMap::new() };
    rows.iter().map(|row| judge.row(row)).collect()
}

fn by_name(known: &Known) -> HashMap<String, Vec<PartnerId>> {
    let mut all: HashMap<String, Vec<PartnerId>> = HashMap::new();
    for body in &known.bodies {
        all.entry(fold(&body.name)).or_default().push(body.id);
    }
    all
}

struct Judge<'a> {
    known: &'a Known,
    bodies: HashMap<String, Vec<PartnerId>>,
    /// Addresses, and names within bodies, with the row in which they stood first.
    earlier: HashMap<(String, Option<PartnerId>), i32>,
}

impl Judge<'_> {
    fn row(&mut self, row: &Asked) -> Judged {
        // Nothing of such a row is kept, whatever else is wrong with it.
        if let Wanted::Confidential(reason) = wanted(&row.role) {
            return Judged {
                number: row.number,
                name: String::new(),
                email: String::new(),
                role: String::new(),
                body: None,
                language: None,
                outcome: Outcome::Refused,
                reason: reason.to_owned(),
            };
        }
        let mut p = Problems::default();
        let of_a_body = matches!(wanted(&row.role), Wanted::OfABody);
        let name = p.text("name", &row.name, 100, "Enter the person’s name");
        let email = if of_a_body {
            p.optional_email("email", &row.email).to_lowercase()
        } else {
            p.email("email", &row.email, "Enter the person’s email address")
        };
        let language = spoken(&row.language);
        if language.is_none() && !row.language.is_empty() {
            p.add("language", "Enter a language: English or Spanish (en or es), or leave the cell empty");
        }
        if name.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
            p.add("name", "Enter a name: this cell begins like a formula");
        }
        let outcome = Outcome::Refused;
        let mut judged =
            Judged { number: row.number, name, email, role: String::new(), body: None, language, outcome, reason: String::new() };
        let hides = may_be_of_the_person(&row.role);
        let problems = p.list().iter().map(|one| with_cell(&one.message, if hides { "" } else { row.cell(&one.field) }));
        if let Some(reason) = [row.fault.clone()].into_iter().chain(problems).find(|one| !one.is_empty()) {
            judged.reason = reason;
            // Of what cannot be read nothing is kept but the number of its row, and a name that is one.
            if p.of("name").is_some() || !row.fault.is_empty() {
                judged.name.clear();
            }
            (judged.email, judged.language) = (String::new(), None);
            return judged;
        }
        (judged.outcome, judged.reason) = match self.decide(row, &mut judged) {
            Ok(outcome) => (outcome, String::new()),
            Err(told) => told,
        };
        judged
    }

    fn decide(&mut self, row: &Asked, judged: &mut Judged) -> Result<Outcome, (Outcome, String)> {
        let refused = |reason: &str| (Outcome::Refused, reason.to_owned());
        let refused_role =
            |reason: &str| (Outcome::Refused, with_cell(reason, if may_be_of_the_person(&row.role) { "" } else { &row.role }));
        match wanted(&row.role) {
            Wanted::Not(reason) => {
                (judged.email, judged.language) = (String::new(), None);
                Err(refused_role(reason))
            }
            Wanted::Confidential(reason) => {
                (judged.name, judged.email, judged.language) = (String::new(), String::new(), None);
                Err(refused(reason))
            }
            Wanted::Agency(role) => {
                if !matches!(row.body, Body::None) {
                    return Err(refused("Somebody of a body comes as partner. For the agency’s own side leave the body empty"));
                }
                role.as_str().clone_into(&mut judged.role);
                self.invite(judged)
            }
            Wanted::OfABody => {
                let body = self.body(&row.body).map_err(|reason| (Outcome::Refused, with_cell(reason, row.cell("body"))))?;
                "partner".clone_into(&mut judged.role);
                // Their steward invites them, and says in which language.
                judged.language = None;
                judged.body = Some(body);
                self.propose(judged, body)
            }
        }
    }

    fn body(&self, asked: &Body) -> Result<PartnerId, &'static str> {
        match asked {
            Body::None => Err("Enter the name of the body they come for"),
            Body::Known(id) => {
                let there = self.known.bodies.iter().any(|body| body.id == *id);
                there.then_some(*id).ok_or("The body is no longer among the partners")
            }
            Body::Named(name) => match self.bodies.get(&fold(name)).map(Vec::as_slice) {
                Some([only]) => Ok(*only),
                Some([]) | None => Err("No partner is called so. Enter the body’s name as the list of partners has it"),
                Some(_) => Err("Several partners are called so. Propose this person on their own"),
            },
        }
    }

    fn invite(&mut self, judged: &Judged) -> Result<Outcome, (Outcome, String)> {
        if self.known.own.as_ref() == Some(&judged.email) {
            return Err((Outcome::Refused, "Nobody invites themselves".to_owned()));
        }
        self.once((judged.email.clone(), None), judged.number, "The same address")?;
        let here = &self.known.people;
        if let Some(one) = here.iter().find(|one| one.emails.contains(&judged.email)) {
            return Err((Outcome::There, format!("{}, {}, has this address. A list changes no role", one.name, one.role)));
        }
        let alike = here.iter().find(|one| one.body.is_none() && one.name.to_lowercase() == judged.name.to_lowercase());
        match alike {
            Some(one) => {
                Err((Outcome::There, format!("Somebody called so is {} here. If it is somebody else, invite them one at a time", one.role)))
            }
            None => Ok(Outcome::Invite),
        }
    }

    fn propose(&mut self, judged: &Judged, body: PartnerId) -> Result<Outcome, (Outcome, String)> {
        self.once((judged.name.to_lowercase(), Some(body)), judged.number, "The same person of this body")?;
        if !self.known.bodies.iter().any(|one| one.id == body && one.has_steward) {
            return Err((Outcome::Refused, "No steward serves there: record the body’s act first".to_owned()));
        }
        let there = self.known.people.iter().any(|one| one.body == Some(body) && one.name.to_lowercase() == judged.name.to_lowercase());
        if there {
            return Err((Outcome::There, "Somebody of this name is with the body already, or proposed to it".to_owned()));
        }
        Ok(Outcome::Propose)
    }

    fn once(&mut self, key: (String, Option<PartnerId>), number: i32, what: &str) -> Result<(), (Outcome, String)> {
        match self.earlier.get(&key) {
            Some(earlier) => Err((Outcome::Refused, format!("{what} stands in row {earlier}"))),
            None => {
                self.earlier.insert(key, number);
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::model::Here, *};
    use crate::platform::tables;

    fn outcomes(file: &str, known: &Known) -> Vec<(Outcome, String)> {
        let rows = asked(&tables::read(file.as_bytes(), "people.csv", None).unwrap()).unwrap();
        judge(&rows, known).into_iter().map(|row| (row.outcome, row.reason)).collect()
    }

    #[test]
    fn a_list_needs_its_headings_and_has_a_limit() {
        let table = |file: &str| asked(&tables::read(file.as_bytes(), "people.csv", None).unwrap());
        assert!(table("Who,Mail\na,b\n").unwrap_err().starts_with("Give the list the headings"));
        let many = format!("Name,E-mail,Role\n{}", "A,a@b.example,staff\n".repeat(MOST_PEOPLE + 1));
        assert!(table(&many).unwrap_err().starts_with("Split the list"));
        let rows = table("E-mail address,Organisation,Full name,ROLE\na@b.example,,'=Ann,staff\n").unwrap();
        assert_eq!((rows[0].name.as_str(), rows[0].email.as_str(), rows[0].number), ("=Ann", "a@b.example", 2));
    }

    #[test]
    fn a_language_is_named_by_its_code_or_in_words_or_not_at_all() {
        let file = "Name,Email,Role,Language\nA B,a@a.example,staff,es\nC D,c@a.example,staff,Spanish\nE F,e@a.example,staff,ESPAÑOL\n\
                    G H,g@a.example,staff,English\nI J,i@a.example,staff,\nK L,k@a.example,staff,Klingon\n";
        let rows = judge(&asked(&tables::read(file.as_bytes(), "people.csv", None).unwrap()).unwrap(), &Known::default());
        let codes: Vec<Option<&str>> = rows.iter().map(|row| row.language.map(Language::code)).collect();
        assert_eq!(codes, [Some("es"), Some("es"), Some("es"), Some("en"), None, None]);
        assert!(rows[5].outcome == Outcome::Refused && rows[5].reason.starts_with("Enter a language"), "{:?}", rows[5]);
        assert!(rows[..5].iter().all(|row| row.outcome == Outcome::Invite));
    }

    #[test]
    fn who_may_not_come_by_a_list_is_refused_with_the_reason() {
        let known = Known { own: Some("me@a.example".to_owned()), ..Known::default() };
        let file = "Name,Email,Role\nA B,a@a.example,Director\nC D,c@a.example,steward\nE F,e@a.example,community member\n\
                    G H,g@a.example,\n,i@a.example,staff\nJ K,not an address,staff\n=cmd(),l@a.example,staff\n@x,m@a.example,staff\n\
                    M E,ME@a.example,staff\nN O,n@a.example,staff\nN O,N@a.example,analyst\n";
        let told = outcomes(file, &known);
        assert_eq!(told.iter().filter(|(outcome, _)| *outcome == Outcome::Invite).count(), 1, "{told:?}");
        for (row, words) in [
            "invited by a director",
            "named by the body itself",
            "one at a time",
            "Enter a role",
            "Enter the person’s name",
            "Enter an email",
            "like a formula",
            "like a formula",
            "invites themselves",
            "",
            "stands in row 11",
        ]
        .into_iter()
        .enumerate()
        {
            assert!(told[row].1.contains(words), "row {row}: {:?}", told[row]);
        }
    }

    #[test]
    fn a_refused_cell_is_shown_and_none_of_somebody_who_may_speak_from_lived_experience() {
        let file = "Name,Email,Role\nA B,not an address,staff\nC D,c@a.example,king\nE F,also none,community member\nG H,nor this,comunity parent\n\
                    I J,i@a.example,lived experiance\n";
        let told: Vec<String> = outcomes(file, &Known::default()).into_iter().map(|(_, reason)| reason).collect();
        assert!(told[0].ends_with("The cell says “not an address”") && told[1].ends_with("The cell says “king”"), "{told:?}");
        assert!(told[2..].iter().all(|reason| !reason.contains("The cell says")), "{told:?}");
    }

    #[test]
    fn who_is_here_is_left_as_they_are() {
        let (tribe, twin, other) = (PartnerId::fresh(), PartnerId::fresh(), PartnerId::fresh());
        let person = |name: &str, body: Option<PartnerId>, email: &str| Here {
            name: name.to_owned(),
            role: "staff".to_owned(),
            body,
            emails: vec![email.to_owned()],
        };
        let body = |id, name: &str| super::super::model::KnownBody { id, name: name.to_owned(), has_steward: true };
        let known = Known {
            people: vec![person("Ann Bell", None, "ann@a.example"), person("Cal Dee", Some(tribe), "")],
            bodies: vec![body(tribe, "Tall Pine Tribe"), body(twin, "Twin"), body(other, "twin")],
            own: None,
        };
        let file = "Name,Email,Role,Body\nAnn B.,ann@a.example,administrator,\nANN BELL,other@a.example,staff,\nCal Dee,,partner,tall pine tribe\n\
                    Eve Fox,,partner,Tall Pine Tribe\nEve Fox,,partner,Tall Pine Tribe\nGus,,partner,\nHal,,partner,Nowhere\nIda,,partner,Twin\nJo,jo@a.example,staff,Tall Pine Tribe\n";
        let told = outcomes(file, &known).into_iter().map(|(outcome, _)| outcome).collect::<Vec<_>>();
        use Outcome::{Propose, Refused, There};
        assert_eq!(told, [There, There, There, Propose, Refused, Refused, Refused, Refused, Refused]);
    }
}
