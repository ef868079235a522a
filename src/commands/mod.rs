//! What the program can be asked to do at a terminal, in words a person understands.

mod agency;
mod database;
mod key;
mod opening;
mod second_step;
mod serve;
mod session;
mod verify;
mod work;

use crate::{agencies::Founder, mail::Language, platform::settings::Settings};
use clap::{Parser, Subcommand};
use std::io::Write as _;

type Fault = Box<dyn std::error::Error + Send + Sync>;

/// Common Table: where child welfare agencies, communities and Tribes run their partnership.
///
/// Settings come from the environment; .env.sample names each. Without DATABASE_URL the program keeps its own private
/// PostgreSQL in DATA_DIR.
#[derive(Debug, Parser)]
#[command(name = "common-table", version, about, long_about)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Answer visitors. Makes the database and the demonstration at the first start; Ctrl-C stops everything.
    Serve,
    /// Run the work that waits (exports, sweeps) without answering visitors. Use it beside `serve` with WORKER=off.
    Work,
    /// Check that nothing was lost or left behind. Prints nothing when all is well; otherwise what is not, and fails.
    Verify,
    /// Bring the database's tables to what this program needs (uses OWNER_DATABASE_URL, or the private cluster).
    Migrate,
    /// Fill an empty private database with the demonstration: two made-up counties.
    Demo,
    /// Agencies.
    #[command(subcommand)]
    Agency(AgencyCommand),
    /// People.
    #[command(subcommand)]
    Person(PersonCommand),
    /// Sign-ins of one person.
    #[command(subcommand)]
    Session(SessionCommand),
    /// The site's own keys, by which secrets rest sealed in the database.
    #[command(subcommand)]
    Key(KeyCommand),
    /// The second step of one person's sign-in.
    #[command(subcommand)]
    SecondStep(SecondStepCommand),
    /// Open one restricted record to an administrator for hours, where an order must be obeyed. Those whose words they are see it.
    Opening(opening::Asked),
    /// Print the version.
    Version,
}

#[derive(Debug, Subcommand)]
enum AgencyCommand {
    /// Found an agency and print a link for its first administrator.
    Create {
        /// Its part of every address: small letters, digits, hyphens.
        slug: String,
        /// Its name.
        name: String,
        /// The first administrator's name.
        #[arg(long)]
        administrator: String,
        /// The first administrator's email address.
        #[arg(long)]
        email: String,
        /// The language in which they come in: en or es. Without it, as the site writes.
        #[arg(long, value_parser = agency::language)]
        language: Option<Language>,
    },
    /// Print how much room an agency's files have, or change it.
    Room {
        /// Its part of every address.
        slug: String,
        /// The most that its files may take together, in megabytes.
        #[arg(long)]
        agency_mb: Option<u32>,
        /// The most that the files of one person may take together, in megabytes.
        #[arg(long)]
        person_mb: Option<u32>,
    },
}

#[derive(Debug, Subcommand)]
enum PersonCommand {
    /// Invite a person of the agency's own side and print the link (single use, 7 days).
    Invite {
        /// The agency's part of every address.
        agency: String,
        /// The person's email address.
        email: String,
        /// The person's name.
        #[arg(long)]
        name: String,
        /// director, staff, analyst or administrator.
        #[arg(long, default_value = "staff")]
        role: String,
    },
}

#[derive(Debug, Subcommand)]
enum KeyCommand {
    /// Put a new key before the others, in the file that SITE_KEY_FILE names or beside the private database. It is not printed.
    New,
    /// Seal everything by the newest key, and throw the others away once nothing needs them.
    Drop,
}

#[derive(Debug, Subcommand)]
enum SessionCommand {
    /// Print the sign-ins of a person that are still open: number, device, begun, last used (UTC).
    List {
        /// The address that the person signs in with.
        email: String,
    },
    /// End one sign-in of a person, or all of them. The person's agencies have it in their logs.
    End {
        /// The address that the person signs in with.
        email: String,
        /// The number of the sign-in, as `session list` prints it.
        #[arg(required_unless_present = "all", conflicts_with = "all")]
        session: Option<uuid::Uuid>,
        /// All of them.
        #[arg(long)]
        all: bool,
    },
}

#[derive(Debug, Subcommand)]
enum SecondStepCommand {
    /// Take every passkey, the codes of an app and the recovery codes of a person away, and end their sign-ins. A letter tells them.
    Forget {
        /// The address that the person signs in with.
        email: String,
    },
}

/// Does what was asked.
///
/// # Errors
/// What went wrong, for the person at the terminal.
pub async fn run(arguments: Arguments, settings: Settings) -> Result<(), Fault> {
    match arguments.command {
        Command::Serve => serve::run(settings).await,
        Command::Work => work::run(settings).await,
        Command::Verify => verify::run(&settings).await,
        Command::Migrate => database::migrate_only(&settings).await,
        Command::Demo => database::demo_only(&settings).await,
        Command::Agency(AgencyCommand::Create { slug, name, administrator, email, language }) => {
            agency::create(&settings, &slug, &name, Founder { name: &administrator, email: &email, language, password_hash: None }).await
        }
        Command::Agency(AgencyCommand::Room { slug, agency_mb, person_mb }) => agency::room(&settings, &slug, agency_mb, person_mb).await,
        Command::Person(PersonCommand::Invite { agency, email, name, role }) => {
            agency::invite(&settings, &agency, &email, &name, &role).await
        }
        Command::Session(SessionCommand::List { email }) => session::list(&settings, &email).await,
        Command::Session(SessionCommand::End { email, session, .. }) => session::end(&settings, &email, session).await,
        Command::Key(KeyCommand::New) => key::new(&settings),
        Command::Key(KeyCommand::Drop) => key::drop(&settings).await,
        Command::SecondStep(SecondStepCommand::Forget { email }) => second_step::forget(&settings, &email).await,
        Command::Opening(asked) => opening::open(&settings, asked).await,
        Command::Version => {
            say(&format!("common-table {}", env!("CARGO_PKG_VERSION")));
            Ok(())
        }
    }
}

/// Says one thing to the person at the terminal.
pub(crate) fn say(words: &str) {
    let _ = writeln!(std::io::stdout(), "{words}");
}

/// Says what went wrong.
pub fn fail(error: &dyn std::fmt::Display) -> std::process::ExitCode {
    let _ = writeln!(std::io::stderr(), "{error}");
    std::process::ExitCode::FAILURE
}
