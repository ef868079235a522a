//! Who may use what is dangerous. Each list names exactly the files that do; it may shrink, and a new name is a review.

use crate::files::{Fault, File, none, program};
use crate::rust_text::{line_of, places, read};

/// Something that few may do.
struct Guarded {
    sign: &'static str,
    /// Why it is guarded, and what to use instead.
    instead: &'static str,
    callers: &'static [&'static str],
}

const GUARDED: &[Guarded] = &[
    Guarded {
        sign: "begin_system(",
        instead: "it reads across agencies (sign-in look-up and job claims only). Use `can.read(..)` or `can.write(..)`",
        callers: &[
            "src/accounts/factors/store/half.rs",
            "src/accounts/factors/store/lost.rs",
            "src/accounts/factors/store/passkeys.rs",
            "src/accounts/sign_on/store/doors.rs",
            "src/accounts/sign_on/store/providers.rs",
            "src/accounts/sign_on/store/signed_out.rs",
            "src/accounts/store/identities.rs",
            "src/accounts/store/address.rs",
            "src/accounts/store/closing.rs",
            "src/accounts/store/invitations.rs",
            "src/accounts/store/language.rs",
            "src/accounts/store/leaving.rs",
            "src/accounts/store/reset.rs",
            "src/accounts/store/sessions.rs",
            "src/accounts/store/tries.rs",
            "src/calendars/store.rs",
            "src/jobs/store.rs",
            "src/listening/invitees/store/letter.rs",
            "src/mail/store.rs",
            "src/notices/store/sending.rs",
            "src/openings/store/mod.rs",
            "src/openings/store/telling.rs",
            "src/platform/bearer.rs",
            "src/platform/by_letter.rs",
            "src/platform/db.rs",
            "src/platform/stranger.rs",
            "src/wanted/store/letter.rs",
        ],
    },
    Guarded {
        sign: "as_keeper(",
        instead: "it acts on rows that the person may not see. Say which duty it is and read nothing back",
        callers: &[
            "src/accounts/sign_on/store/people.rs",
            "src/accounts/store/sessions.rs",
            "src/audit/store/entries.rs",
            "src/audit/store/seals.rs",
            "src/comments/store/mod.rs",
            "src/commitments/jobs.rs",
            "src/commitments/store/evidence.rs",
            "src/consent/store/bodies.rs",
            "src/consent/store/quoting.rs",
            "src/consent/store/settled.rs",
            "src/consent/store/withdrawal.rs",
            "src/consent/terms/store.rs",
            "src/desk/jobs.rs",
            "src/listening/invitees/store/ask.rs",
            "src/listening/invitees/store/reply.rs",
            "src/listening/answers/store.rs",
            "src/listening/back/store/room.rs",
            "src/listening/sessions/store/duties.rs",
            "src/listening/sessions/store/plan.rs",
            "src/listening/speakers/store/own.rs",
            "src/listening/statements/store/answer.rs",
            "src/listening/statements/store/card.rs",
            "src/listening/statements/store/choose.rs",
            "src/listening/statements/store/links.rs",
            "src/listening/statements/jobs.rs",
            "src/listening/statements/store/mend.rs",
            "src/listening/statements/store/own.rs",
            "src/listening/statements/store/renewals.rs",
            "src/listening/statements/store/spoken.rs",
            "src/listening/statements/store/write.rs",
            "src/listening/themes/store/changes.rs",
            "src/influence/store.rs",
            "src/loops/asking/store.rs",
            "src/loops/store/by_itself.rs",
            "src/loops/store/raiser_side.rs",
            "src/mail/store.rs",
            "src/members/acting/jobs.rs",
            "src/members/lists/jobs.rs",
            "src/members/absences/jobs.rs",
            "src/members/delegations/jobs.rs",
            "src/members/lost/store.rs",
            "src/members/sign_ins/store.rs",
            "src/members/store/roles.rs",
            "src/obstacles/store/raiser.rs",
            "src/notices/store/mod.rs",
            "src/openings/jobs.rs",
            "src/openings/store/mod.rs",
            "src/openings/store/telling.rs",
            "src/partners/handover/jobs.rs",
            "src/partners/import/store/lists.rs",
            "src/partners/import/store/rows.rs",
            "src/partners/outreach/store.rs",
            "src/partners/rhythm/jobs.rs",
            "src/platform/files/room.rs",
            "src/platform/reading.rs",
            "src/platform/said.rs",
            "src/platform/subject.rs",
            "src/platform/submission.rs",
            "src/protocols/store/items.rs",
            "src/protocols/store/labels.rs",
            "src/quarantine/jobs.rs",
            "src/reports/jobs.rs",
            "src/retention/store/destructions.rs",
            "src/retention/store/holds.rs",
            "src/retention/store/unseen.rs",
            "src/trust/store/answer.rs",
            "src/trust/store/ask.rs",
            "src/verify/store.rs",
            "src/wanted/store/letter.rs",
            "src/wanted/store/telephone.rs",
        ],
    },
    Guarded {
        sign: "as_another(",
        instead: "it asks under somebody else’s standing. Only whether they can read something is asked so, yes or no",
        callers: &["src/comments/store/entered.rs", "src/commitments/store/delegation.rs", "src/sight/store.rs"],
    },
    Guarded {
        sign: "go_through(",
        instead: "it writes while a page is asked for. Reading changes nothing; change things in `can.write(..)`",
        callers: &["src/desk/pages/copies.rs", "src/reports/pages/taking.rs"],
    },
    Guarded {
        sign: "Errand::of_",
        instead: "it acts for a person who is not asking just now. Queue a job, and let the worker look the person up",
        callers: &["src/calendars/pages.rs", "src/commands/verify.rs", "src/worker.rs"],
    },
    Guarded {
        sign: ".date_naive(",
        instead: "without the agency’s zone it is a day in London. Ask `tx.today()`, `tx.day(at)` or `here.day(at)`; elsewhere `clock::day_in(zone, at)`",
        callers: &["src/platform/clock.rs"],
    },
    Guarded {
        sign: "AssertSqlSafe",
        instead: "glued SQL can be turned against us. Write the statement whole, with parameters",
        callers: &[
            "src/agencies/founding.rs",
            "src/bench/plan.rs",
            "src/bench/shadow.rs",
            "src/demo/founding.rs",
            "src/platform/db.rs",
            "src/platform/pool.rs",
            "src/verify/store.rs",
        ],
    },
    Guarded {
        sign: "extract::Path",
        instead: "addresses are types in paths.rs (`TypedPath`), and reject with our own not-found page",
        callers: &[],
    },
    Guarded {
        sign: "clippy::disallowed_",
        instead: "clippy.toml names the replacement. Only the module that is the replacement may go round it",
        callers: &[
            "src/accounts/factors/store/resealing.rs",
            "src/accounts/password.rs",
            "src/accounts/sign_on/store/resealing.rs",
            "src/accounts/store/operator.rs",
            "src/agencies/founding.rs",
            "src/agencies/store.rs",
            "src/bench/main.rs",
            "src/bench/plan.rs",
            "src/bench/serve.rs",
            "src/commands/database.rs",
            "src/platform/aside.rs",
            "src/platform/clock.rs",
            "src/platform/extract.rs",
            "src/platform/ids.rs",
            "src/platform/pool.rs",
            "src/platform/routes.rs",
            "src/platform/settings.rs",
            "src/reports/writing.rs",
            "src/server/bodies.rs",
            "src/server/forms.rs",
            "src/server/listen.rs",
            "src/server/metrics.rs",
            "src/server/mod.rs",
            "src/worker.rs",
        ],
    },
];

fn faults(guarded: &Guarded, callers: &[&str], files: &[File]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut found: Vec<&str> = Vec::new();
    for file in files {
        let code = read(&file.text).code;
        for byte in places(&code, guarded.sign).filter(|&byte| !code[..byte].ends_with("fn ")) {
            found.push(&file.path);
            if !callers.contains(&file.path.as_str()) {
                let what = format!("`{}`: {}. If it must be, add this file to tests/house/callers.rs", guarded.sign, guarded.instead);
                faults.push(Fault::new(&file.path, line_of(&code, byte), what));
            }
        }
    }
    let gone = callers.iter().filter(|path| !found.contains(path));
    faults.extend(
        gone.map(|path| Fault::new(path, 1, format!("no longer uses `{}`: take it off the list in tests/house/callers.rs", guarded.sign))),
    );
    faults
}

#[test]
fn only_the_listed_files_do_dangerous_things() {
    let files = program();
    none("callers", GUARDED.iter().flat_map(|guarded| faults(guarded, guarded.callers, &files)).collect());
}

/// What makes a day of a moment in SQL without saying where.
const DAYS_OF_NOWHERE: &[&str] =
    &["at::date", "current_date", "current_timestamp", "localtimestamp", "now()::", "::timestamptz::date", "date_trunc('day'"];

#[test]
fn a_day_in_sql_is_a_day_somewhere() {
    let mut faults = Vec::new();
    for file in program().iter().filter(|file| !["src/demo/", "src/bench/"].iter().any(|made_up| file.path.starts_with(made_up))) {
        for sign in DAYS_OF_NOWHERE {
            faults.extend(places(&file.text, sign).map(|byte| {
                let what = format!("`{sign}`: say in which zone, such as `(x.created_at at time zone $3)::date` with `tx.zone()`");
                Fault::new(&file.path, line_of(&file.text, byte), what)
            }));
        }
    }
    none("days", faults);
}

#[test]
fn a_planted_caller_and_a_stale_entry_are_seen() {
    let files = [File::planted("src/a.rs", "// begin_system(\nfn begin_system() {}\nlet x = db.begin_system();")];
    let guarded = &GUARDED[0];
    assert_eq!(faults(guarded, &[], &files).iter().map(|fault| fault.line).collect::<Vec<_>>(), [3]);
    assert_eq!(faults(guarded, &["src/a.rs"], &files), []);
    assert_eq!(faults(guarded, &["src/a.rs", "src/gone.rs"], &files).len(), 1);
}
