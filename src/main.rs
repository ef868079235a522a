//! The program: reads its settings and its arguments, then does one thing.

use clap::Parser as _;
use common_table::{
    commands::{self, Arguments},
    platform::{settings::Settings, telemetry},
};

#[tokio::main]
async fn main() -> std::process::ExitCode {
    let arguments = Arguments::parse();
    let settings = match Settings::from_env() {
        Ok(settings) => settings,
        Err(error) => return commands::fail(&error),
    };
    telemetry::set_up(&settings);
    match commands::run(arguments, settings).await {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => commands::fail(&*error),
    }
}
