//! The table of routes and the table of permissions, printed: a loosened rule is one changed line in review. With
//! `UPDATE_SNAPSHOTS=yes` the printed files are written anew.

use crate::support::printed::assert_printed;
use common_table::{
    platform::{
        access::Need,
        labels::Label as _,
        policy::{self, Hat},
    },
    routes,
};
use std::fmt::Write as _;

fn need(need: Need) -> String {
    match need {
        Need::Anyone => "anyone".to_owned(),
        Need::SignedIn => "signed in".to_owned(),
        Need::Fresh => "signed in, fresh".to_owned(),
        Need::Confirmed => "signed in, confirmed".to_owned(),
        Need::Link => "link".to_owned(),
        Need::Server => "another server".to_owned(),
        Need::May(grant) => grant.name.to_owned(),
    }
}

#[test]
fn the_table_of_routes_is_the_printed_one() {
    let all = routes::all();
    let mut lines: Vec<_> = all.table().iter().collect();
    lines.sort_by_key(|line| (line.path, line.method));
    let mut text = String::new();
    for line in lines {
        let limit = line.limit.map(|limit| format!("{:<22} limit: {}", need(line.need), limit.name));
        let _ = writeln!(text, "{:<4} {:<64} {}", line.method, line.path, limit.unwrap_or_else(|| need(line.need)));
    }
    assert_printed("routes.txt", &text);
}

#[test]
fn the_table_of_permissions_is_the_printed_one() {
    let mut text = String::new();
    for grant in policy::ALL {
        let _ = writeln!(text, "{}: {}", grant.name, grant.meaning);
        let hats: Vec<&str> = Hat::ALL.iter().filter(|hat| grant.hats.contains(hat)).map(|hat| hat.as_str()).collect();
        let _ = writeln!(text, "    {}{}", hats.join(" "), if grant.fresh { "; fresh" } else { "" });
    }
    assert_printed("roles.txt", &text);
}

#[test]
fn every_permission_is_used_by_a_route() {
    let all = routes::all();
    let used = |name: &str| all.table().iter().any(|line| matches!(line.need, Need::May(grant) if grant.name == name));
    let unused: Vec<String> =
        policy::ALL.iter().map(|grant| grant.name.to_owned()).filter(|name| !used(name) && name != "AnswerByLink").collect();
    super::none("permissions that no route asks for", &unused);
}
