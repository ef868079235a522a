//! The person behind a request, inside one agency: the only way to a tenant's rows is through their `read`, `write` and
//! `open`. `write` commits when its closure answers `Ok` and undoes when it answers `Err`; there is nothing to forget.

use super::{
    clock,
    db::{AgencyTx, Db, Standing},
    drafts,
    error::Error,
    extract::Upload,
    flash::Done,
    form::Problems,
    here::Here,
    ids::{AgencyId, MembershipId, PartnerId, SessionId, SubjectId},
    policy::{Hat, Permission},
    session::Member,
    sought::Sought,
    submission::Submission,
};
use axum::response::{IntoResponse as _, Response};
use chrono::{DateTime, NaiveDate, Utc};

/// Who asks, for which agency, under which hat.
#[derive(Debug)]
pub struct Asker {
    db: Db,
    standing: Standing,
    here: Here,
    member: Option<Member>,
    submission: Submission,
    scans: bool,
    session: Option<SessionId>,
}

impl Asker {
    /// `scans`: a scanner is named here.
    pub(super) fn new(db: Db, standing: Standing, here: Here, member: Option<Member>, submission: Submission, scans: bool) -> Self {
        Self { db, standing, here, member, submission, scans, session: None }
    }

    /// By which sign-in they came.
    pub(super) fn in_session(self, session: SessionId) -> Self {
        Self { session: Some(session), ..self }
    }

    /// The sign-in by which they came; a link's bearer has none.
    #[must_use]
    pub fn session(&self) -> Option<SessionId> {
        self.session
    }

    /// What was sent is scanned before it leaves again.
    #[must_use]
    pub fn scans(&self) -> bool {
        self.scans
    }

    /// What every page needs.
    #[must_use]
    pub fn here(&self) -> Here {
        self.here.clone()
    }

    /// The agency's part of every address.
    #[must_use]
    pub fn slug(&self) -> &str {
        self.here.slug()
    }

    /// The tenant.
    #[must_use]
    pub fn agency(&self) -> AgencyId {
        self.standing.agency
    }

    /// On whose behalf this person's transactions run, for rules about one record.
    #[must_use]
    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    /// The hat worn.
    #[must_use]
    pub fn hat(&self) -> Hat {
        self.standing.hat
    }

    /// Whether this hat has a permission, for showing or leaving out a button; never instead of a guard.
    #[must_use]
    pub fn may<P: Permission>(&self) -> bool {
        P::GRANT.hats.contains(&self.standing.hat)
    }

    /// The membership worn; the nil id for a link's bearer.
    #[must_use]
    pub fn me(&self) -> MembershipId {
        self.standing.membership.unwrap_or(MembershipId(uuid::Uuid::nil()))
    }

    /// The body the person belongs to.
    #[must_use]
    pub fn body(&self) -> Option<PartnerId> {
        self.standing.body
    }

    /// The body for which the person speaks today: as its steward, or under a mandate that holds.
    #[must_use]
    pub fn mandated_body(&self) -> Option<PartnerId> {
        self.member.as_ref().filter(|member| member.steward || member.speaks).and(self.standing.body)
    }

    /// More about the membership; none for a link's bearer.
    #[must_use]
    pub fn member(&self) -> Option<&Member> {
        self.member.as_ref()
    }

    /// The record that a link's bearer may reach.
    #[must_use]
    pub fn link(&self) -> Option<uuid::Uuid> {
        self.standing.link
    }

    /// The time now.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.db.now()
    }

    /// The day it is at the agency.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        clock::day_in(self.here.zone(), self.now())
    }

    /// The database and on whose behalf, for what is read after the handler has answered (a file's chunks).
    pub(super) fn standpoint(&self) -> (Db, Standing) {
        (self.db.clone(), self.standing)
    }

    /// The version that a form says it edits.
    #[must_use]
    pub fn version(&self) -> i32 {
        self.submission.version().unwrap_or(0)
    }

    /// What the person looks for in the middle of a form.
    #[must_use]
    pub fn sought(&self) -> &Sought {
        self.submission.sought()
    }

    /// Reads the agency's rows that this person may see, in a transaction that cannot write. Contributed words among them
    /// are noted in `reading`, and nothing else, before they are sent.
    ///
    /// # Errors
    /// Whatever the closure answers, or the database's absence.
    pub async fn read<T>(&self, work: impl AsyncFnOnce(&mut AgencyTx) -> Result<T, Error>) -> Result<T, Error> {
        let mut tx = self.db.begin_read(self.standing).await?;
        let found = work(&mut tx).await?;
        let by_link = tx.shown_by_link();
        tx.end_reading().await?;
        self.note_by_link(&by_link).await?;
        Ok(found)
    }

    /// Notes that a link's bearer was shown words, under the name of whoever made the link.
    async fn note_by_link(&self, records: &[uuid::Uuid]) -> Result<(), Error> {
        let Some(link) = self.standing.link.filter(|_| !records.is_empty()) else { return Ok(()) };
        let mut tx = self.db.begin_write(self.standing).await?;
        super::reading::by_link(&mut tx, link, records).await?;
        tx.commit().await
    }

    /// Reads somebody else's contributed words: notes in `reading` who opened what, and nothing else, before they are sent.
    ///
    /// # Errors
    /// Whatever the closure answers, or the database's absence.
    pub async fn open<T>(&self, subject: SubjectId, work: impl AsyncFnOnce(&mut AgencyTx) -> Result<T, Error>) -> Result<T, Error> {
        let mut tx = self.db.begin_opened(self.standing, subject).await?;
        let found = work(&mut tx).await?;
        tx.end_reading().await?;
        Ok(found)
    }

    /// Reads the one record of an emergency opening that is this person's and holds: notes that it was read, and nothing else, before
    /// it is sent. Everything else stays as hidden as it was.
    ///
    /// # Errors
    /// Whatever the closure answers, or the database's absence.
    pub async fn open_in_emergency<T>(
        &self,
        opening: uuid::Uuid,
        work: impl AsyncFnOnce(&mut AgencyTx) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut tx = self.db.begin_emergency(self.standing, opening).await?;
        let found = work(&mut tx).await?;
        tx.commit().await?;
        Ok(found)
    }

    /// Goes once through a door that a form of this person's opened before: `door` shuts it and answers whether it was open.
    /// Beside who read what, the only thing that a GET may write.
    ///
    /// # Errors
    /// Whatever the closure answers, or the database's absence.
    pub async fn go_through(&self, door: impl AsyncFnOnce(&mut AgencyTx) -> Result<bool, Error>) -> Result<bool, Error> {
        let mut tx = self.db.begin_write(self.standing).await?;
        let open = door(&mut tx).await?;
        tx.commit().await?;
        Ok(open)
    }

    /// Changes the agency's rows and goes on to a page. The same form sent twice answers the same page and changes nothing.
    ///
    /// # Errors
    /// Whatever the closure answers, or the database's absence; then nothing has changed. For text that came back after a
    /// sign-in had ended, the problem that makes the form show it again.
    pub async fn write(&self, work: impl AsyncFnOnce(&mut AgencyTx) -> Result<Done, Error>) -> Result<Response, Error> {
        self.submit(&self.submission, work).await
    }

    /// The same for a form that may have come in parts, with a file.
    ///
    /// # Errors
    /// As [`Asker::write`].
    pub async fn write_upload(
        &self,
        upload: &Upload,
        work: impl AsyncFnOnce(&mut AgencyTx) -> Result<Done, Error>,
    ) -> Result<Response, Error> {
        self.submit(&self.submission.marked(upload.sent.as_ref()), work).await
    }

    async fn submit(
        &self,
        submission: &Submission,
        work: impl AsyncFnOnce(&mut AgencyTx) -> Result<Done, Error>,
    ) -> Result<Response, Error> {
        if !submission.is_unsafe() {
            return Err(Error::internal("a GET may not write"));
        }
        if let Some(why) = submission.brought_back() {
            return Err(Error::Refused(Problems::brought_back(why)));
        }
        if submission.is_of_another_hat(self.standing.membership) {
            let worn = self.here.hat();
            return Err(Error::refused(
                "",
                format!("You changed your role after you opened this form, and now speak as {worn}. Check it and send it again"),
            ));
        }
        let mut tx = self.db.begin_write(self.standing).await?;
        let actor = self.standing.membership.map(|id| id.0).or(self.standing.link).unwrap_or_default();
        if let Some(before) = submission.claim(&mut tx, actor).await? {
            return Ok(before.into_response());
        }
        let done = work(&mut tx).await?;
        submission.settle(&mut tx, actor, &done).await?;
        if let Some(me) = self.standing.membership.filter(|_| !submission.draft().page.is_empty()) {
            drafts::discard(&mut tx, me, &submission.draft().page).await?;
        }
        tx.commit().await?;
        Ok(done.into_response())
    }
}
