//! Jobs: run once, as whoever asked and with what they may do then; tried again, given up visibly, never lost.

use super::{EXPORTS, made, state, taken};
use crate::support::Site;
use chrono::Duration;
use common_table::{jobs, worker};

const PARTNERS: &[(&str, &str)] = &[("what", "partners"), ("format", "csv")];

#[tokio::test]
async fn nothing_is_made_for_somebody_whose_membership_ended_meanwhile() {
    let site = Site::open().await;
    let export = site.visitor("analyst").await.post(EXPORTS, PARTNERS).await.location.clone();
    site.force("update membership set state = 'ended' where id = '@analyst'").await;
    worker::run_due(&site.app).await.unwrap();
    assert_eq!(state(&site, &export).await, "failed");
    let seen = site.visitor("director").await.get(&export).await;
    seen.assert_sees("It could not be made").assert_sees("Whoever asked for it may no longer do so");
    assert_eq!(site.count("job where failed_at is null and done_at is null").await, 0);
}

#[tokio::test]
async fn nothing_is_made_for_somebody_whose_role_no_longer_allows_it() {
    let site = Site::open().await;
    let export = site.visitor("analyst").await.post(EXPORTS, PARTNERS).await.location.clone();
    site.force("update membership set role = 'administrator' where id = '@analyst'").await;
    worker::run_due(&site.app).await.unwrap();
    assert_eq!(state(&site, &export).await, "failed");
}

#[tokio::test]
async fn a_file_holds_what_its_asker_may_see_when_it_is_made() {
    let site = Site::open().await;
    super::statements_of_every_kind(&site).await;
    let director = site.visitor("director").await;
    let asked = director.post(EXPORTS, &[("what", "statements"), ("format", "csv")]).await;
    site.force("update membership set role = 'staff' where id = '@director'").await;
    worker::run_due(&site.app).await.unwrap();
    let rows = super::table(&taken(&director, &asked.location).await);
    assert!(!rows.is_empty() && rows.iter().all(|row| row["audience"] != "leadership"));
}

#[tokio::test]
async fn a_member_who_left_takes_nothing() {
    let site = Site::open().await;
    let analyst = site.visitor("analyst").await;
    let export = made(&site, &analyst, PARTNERS).await;
    analyst.post(&format!("{export}/downloads"), &[]).await.made();
    site.force("update membership set state = 'ended' where id = '@analyst'").await;
    analyst.get(&format!("{export}/file")).await.assert_ended();
    analyst.post(&format!("{export}/downloads"), &[]).await.assert_ended();
}

#[tokio::test]
async fn a_job_that_fails_is_tried_again_and_then_works() {
    let site = Site::alone().await;
    let analyst = site.visitor("analyst").await;
    site.force("revoke insert on file_chunk from app_login").await;
    let export = made(&site, &analyst, PARTNERS).await;
    assert_eq!(state(&site, &export).await, "waiting");
    analyst.get(&export).await.assert_sees("Being made");
    assert_eq!(worker::run_due(&site.app).await.unwrap(), 0, "it pauses first");
    site.force("grant insert on file_chunk to app_login").await;
    site.clock.advance(Duration::seconds(31));
    assert_eq!(worker::run_due(&site.app).await.unwrap(), 1);
    assert_eq!(state(&site, &export).await, "ready");
    taken(&analyst, &export).await;
}

#[tokio::test]
async fn a_job_that_never_works_is_given_up_where_everybody_sees_it() {
    let site = Site::alone().await;
    let analyst = site.visitor("analyst").await;
    site.force("revoke insert on file_chunk from app_login").await;
    let export = made(&site, &analyst, PARTNERS).await;
    for _ in 0..jobs::MOST_TRIES {
        site.clock.advance(Duration::minutes(10));
        worker::run_due(&site.app).await.unwrap();
    }
    assert_eq!(state(&site, &export).await, "failed");
    analyst.get(EXPORTS).await.assert_sees("could not be made").assert_sees("It did not work after 5 tries");
    let told: String = site.peek("select error from job where failed_at is not null order by failed_at desc limit 1").await;
    assert_eq!(told, "It did not work after 5 tries");
    let left = "file f where not exists (select 1 from export e where e.file_id = f.id) and f.mime like 'text/csv%' \
                and not exists (select 1 from evidence v where v.file_id = f.id)";
    assert_eq!(site.count(left).await, 0);
}

#[tokio::test]
async fn two_workers_never_do_the_same_job() {
    let site = Site::open().await;
    let analyst = site.visitor("analyst").await;
    for _ in 0..4 {
        analyst.post(EXPORTS, PARTNERS).await.made();
    }
    let (one, two) = tokio::join!(worker::run_due(&site.app), worker::run_due(&site.app));
    assert_eq!(one.unwrap() + two.unwrap(), 4);
    assert_eq!(site.count("job where attempts <> 1 or done_at is null").await, 0);
}

#[tokio::test]
async fn a_job_whose_worker_died_is_taken_up_by_the_next() {
    let site = Site::open().await;
    let analyst = site.visitor("analyst").await;
    let export = analyst.post(EXPORTS, PARTNERS).await.location.clone();
    assert!(jobs::claim(&site.app.db).await.unwrap().is_some(), "a worker takes it and dies");
    assert_eq!(worker::run_due(&site.app).await.unwrap(), 0);
    site.clock.advance(Duration::minutes(6));
    assert_eq!(worker::run_due(&site.app).await.unwrap(), 1);
    assert_eq!(state(&site, &export).await, "ready");
}

#[tokio::test]
async fn a_job_that_takes_its_workers_down_is_given_up() {
    let site = Site::open().await;
    let export = site.visitor("analyst").await.post(EXPORTS, PARTNERS).await.location.clone();
    for _ in 0..jobs::MOST_TRIES {
        assert!(jobs::claim(&site.app.db).await.unwrap().is_some());
        site.clock.advance(Duration::minutes(6));
    }
    worker::run_due(&site.app).await.unwrap();
    assert_eq!(state(&site, &export).await, "failed");
}

#[tokio::test]
async fn a_worker_ends_when_it_is_told_to() {
    let site = Site::open().await;
    site.visitor("analyst").await.post(EXPORTS, PARTNERS).await.made();
    let worker = worker::Worker::start(site.app.clone());
    for _ in 0..100 {
        if site.count("job where done_at is null").await == 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    tokio::time::timeout(std::time::Duration::from_secs(25), worker.stop()).await.unwrap();
    assert_eq!(site.count("job where done_at is null").await, 0);
}
