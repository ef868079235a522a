//! The site under attack: the tests' year over TCP, for tools that nobody here wrote (`bin/attack` starts it and them). Every request
//! passes a gate that signs it in as somebody whom its route is for, so a tool reaches all of the site. Beside the site lie planted
//! faults, a kind for each tool, which it has to find first. All of this is here and nothing of it in the program.
//!
//! Arguments: the ports of the site behind the gate, of the site as it is, of the site without patience for slow visitors (a planted
//! fault), and of the numbers; a file for the addresses to begin with. The log goes to the standard error as JSON.

mod gate;
mod planted;
mod seeds;
#[expect(dead_code, reason = "shared with the site's own tests, which need all of it")]
#[path = "../site/support/mod.rs"]
mod support;

use axum::{Router, middleware};
use chrono::Duration;
use common_table::{
    platform::{app::App, clock::Clock, db::Db, settings::Settings, telemetry},
    server,
};
use gate::Gate;
use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};
use support::{Site, atlas};

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [port, plain, impatient, numbers, file] = arguments.as_slice() else { panic!("run this through bin/attack") };
    let at = |port: &str| SocketAddr::from((Ipv4Addr::LOCALHOST, port.parse().expect("a port")));
    let log = Settings { log_json: true, log_filter: "common_table=info,warn".to_owned(), ..Settings::plain("http://localhost") };
    telemetry::set_up(&log);

    let mut site = Site::alone().await;
    let settings = Settings {
        listen: at(port),
        public_url: format!("http://localhost:{port}"),
        log_requests: true,
        // What rests sealed in the year opens with its own keys alone.
        keys: site.app.settings.keys.clone(),
        ..log
    };
    atlas::complete(&mut site).await;
    let clock = site.clock.clone();
    let db = Db::open(&site.addresses().0, clock.clone(), 8).expect("the address of a database");
    let app = App::new(db, settings);
    app.look().await.expect("a database");
    let (ways, _) = atlas::ways(&site).await;
    let seeds = seeds::write(&site, &ways, file).await;

    let gate = Arc::new(Gate::open(&site, &ways).await);
    let all = Router::new().merge(planted::faults(app.clone(), seeds)).fallback_service(server::site(app.clone()));
    let all = all.layer(middleware::from_fn_with_state(Arc::clone(&gate), gate::pass));
    let listen = async |port: &String| server::listen(at(port)).await.expect("a free port");
    let (own, plain, metrics) = (listen(port).await, listen(plain).await, listen(numbers).await);
    let never = std::future::pending;
    tokio::join!(
        own.serve(all.clone(), never()),
        plain.serve(server::site(app.clone()), never()),
        metrics.serve(server::metrics(app), never()),
        planted::without_patience(at(impatient), all),
        keep(&site, &gate, clock),
    );
}

/// Time goes on, and whatever a tool ends of the people who carry it through the gate is taken up again.
async fn keep(site: &Site, gate: &Gate, clock: Clock) {
    eprintln!("{{\"message\":\"ready\"}}");
    loop {
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        clock.advance(Duration::milliseconds(200));
        site.force(&gate.taking_up(clock.now())).await;
    }
}
