//! Every permission, what it allows and who has it: a matrix, not a ladder. Anyone may read this page; a test prints it
//! to `tests/snapshots/roles.txt` and another tries every route as everybody who is not named here.

use super::labels::Label as _;

labels! {
    /// The hat a person wears in an agency, as the policy knows it.
    pub enum Hat {
        Director = "director", "director";
        Staff = "staff", "staff";
        Analyst = "analyst", "analyst";
        Administrator = "administrator", "administrator";
        Partner = "partner", "partner";
        /// A partner's member whom the body named to decide for it.
        Steward = "steward", "steward";
        /// The bearer of a link about one record.
        Link = "link", "bearer of a link";
    }
}

impl Hat {
    /// On the agency's side of the table.
    #[must_use]
    pub fn is_agency_side(self) -> bool {
        matches!(self, Self::Director | Self::Staff | Self::Analyst | Self::Administrator)
    }

    /// The hat as the database's policies know it: a steward is a partner there.
    #[must_use]
    pub fn for_database(self) -> &'static str {
        if self == Self::Steward { Self::Partner.as_str() } else { self.as_str() }
    }
}

/// One row of the matrix.
#[derive(Debug, Clone, Copy)]
pub struct Grant {
    /// The permission's name, as in the code.
    pub name: &'static str,
    /// What it allows, in a few words.
    pub meaning: &'static str,
    /// Who has it.
    pub hats: &'static [Hat],
    /// Whether who acts under it must have shown lately that it is them. Asked of what is sent, never of what is read.
    pub fresh: bool,
}

/// A permission: a type, so that a handler's first argument can name it.
pub trait Permission: Send + Sync + 'static {
    /// Its row of the matrix.
    const GRANT: Grant;
}

macro_rules! policy {
    (@fresh) => { false };
    (@fresh fresh) => { true };
    ($($name:ident $meaning:literal $($fresh:ident)?: $($hat:ident)+;)+) => {
        $(
            #[doc = $meaning]
            #[derive(Debug)]
            pub struct $name;
            impl Permission for $name {
                const GRANT: Grant =
                    Grant { name: stringify!($name), meaning: $meaning, hats: &[$(Hat::$hat),+], fresh: policy!(@fresh $($fresh)?) };
            }
        )+
        /// The whole matrix, in the order of this page.
        pub const ALL: &[Grant] = &[$($name::GRANT),+];
    };
}

policy! {
    SeeHome "see one’s own first page": Director Staff Analyst Administrator Partner Steward;
    ViewPartners "see who the partners are": Director Staff Analyst Administrator Partner Steward;
    EditPartners "add partners and keep their entries": Director Staff;
    EditOwnPartner "keep the entry of one’s own body": Partner Steward;
    ImportPartners "read a list of partners into the agency": Director Staff;
    MergePartners "join two entries of one body": Director Staff;
    AllowMerge "give a body’s word on a merge": Steward;
    ViewProtocols "see the protocols of one’s own body as far as one is in them, and its labels; leave one": Partner Steward;
    NarrowProtocols "put a protocol of one’s own body on what its people contributed; where a steward serves, only stewards": Partner Steward;
    KeepProtocols "make, change and end the protocols of one’s own body, set its labels, give the second word": Steward;
    PutNotices "put a notice of the agency beside what a body’s people contributed": Director Staff;
    ViewOutreach "see the outreach entries one may read": Director Staff Analyst Partner Steward;
    LogOutreach "write down outreach": Director Staff;
    ViewLandscape "see how both sides rate the relationships": Director Staff Partner Steward;
    Rate "rate a relationship for one’s own side": Director Staff Partner Steward;
    ViewSessions "see the listening sessions one may read": Director Staff Analyst Administrator Partner Steward;
    PlanSessions "plan listening sessions and give their duties": Director Staff;
    ArrangeSupports "arrange, for a session one’s body hosts, what people need to come": Partner Steward;
    KeepInvitees "see who is invited to a session, what they answered and need, and invite people, where one facilitates or planned it": Director Staff Partner Steward;
    KeepRoom "facilitate a session or take its notes, where one has that duty": Director Staff Partner Steward;
    WriteCards "write down the consent that somebody gave by card, where one has that duty" fresh: Director Staff Partner Steward;
    ViewStatements "read the statements one may read": Director Staff Analyst Partner Steward;
    WriteStatements "write down what is heard, where one has that duty": Director Staff Partner Steward;
    SeeToStatements "say who sees to what was heard, and the next step": Director Staff;
    AnswerStatements "confirm, correct, strike or take back one’s own words": Director Staff Partner Steward;
    ViewThemes "see themes": Director Staff Analyst Partner Steward;
    EditThemes "make themes and join sources to them": Director Staff;
    ViewFramework "see goals, barriers, plans, commitments": Director Staff Analyst Administrator Partner Steward;
    EditFramework "write goals, barriers and plans": Director Staff;
    GiveWord "agree to a goal, confirm what was promised": Director Staff Partner Steward;
    EditCommitments "make commitments and report on them": Director Staff Partner Steward;
    NameSuccessors "name who gives the word on what was promised to somebody of the agency who left": Director;
    ViewObstacles "see what makes the partnership itself hard, as far as one may read it": Director Staff Analyst Partner Steward;
    KeepObstacles "raise an obstacle of the partnership, write one’s own side’s part, say where it stands": Director Staff Partner Steward;
    SeeTrust "see how trust went, as a sum that enough people make up": Director Staff Analyst Partner Steward;
    AnswerTrust "answer the question about trust, where one was asked": Director Staff Analyst Partner Steward;
    AskTrust "ask the question about trust, make links for those without a sign-in": Director Staff;
    TellTrust "write for one’s own side what was going on": Director Staff Partner Steward;
    SeeWanted "see what waits for one’s word": Partner Steward;
    TakeByTelephone "write down what somebody says on the telephone about one thing that waits for them, by the code of their letter": Director Staff;
    ViewLoops "see questions, concerns and ideas one may read": Director Staff Analyst Partner Steward;
    RaiseLoops "raise a question, a concern or an idea": Partner Steward;
    AnswerLoops "acknowledge and answer": Director Staff;
    ReviewAnswers "let an answer go out that waits for the director; staff only with that duty lent": Director Staff;
    CloseLoops "close, reopen or take back what one raised": Partner Steward;
    KeepInfluence "promise partners what their answers can change, say what was decided": Director Staff;
    SayInfluence "say, where one was asked, whether that promise was kept": Partner Steward;
    BeginActing "begin a time in which one enters for a member what they tell, where they agreed" fresh: Director Staff Partner Steward;
    ActFor "enter a question or a comment for that member while the time runs, end it": Director Staff Partner Steward;
    ConfirmEntered "say whether what was entered for one is what one said": Partner Steward;
    NameHeirs "name who inherits the question of somebody who left": Steward;
    ViewGroups "see the groups and the meetings one may read": Director Staff Analyst Administrator Partner Steward;
    EditGroups "keep groups, their seats and meetings, and write minutes": Director Staff;
    NameSitter "say who sits in a group for one’s own body": Partner Steward;
    AddToAgenda "add to the agenda of a meeting, where one belongs to it": Director Staff Partner Steward;
    ConfirmMinutes "give the other side’s word on minutes, where one is its chair or speaks for the co-host": Partner Steward;
    Comment "comment on what one may read": Director Staff Analyst Partner Steward;
    ModerateComments "hide identifying details, threats and spam": Director Staff;
    SeeModeration "see which comments are hidden, as far as one may read them": Director Staff Steward;
    SecondLook "look again at a hidden comment, from the partners’ side": Steward;
    ViewReports "see the reports and what was exported": Director Staff Analyst;
    TakeExports "make exports and take them out" fresh: Director Staff Analyst;
    DoRecalls "do the tasks of the recall list": Director Staff;
    ViewAudit "see who changed what": Director Administrator Partner Steward;
    ViewMembers "see who is a member": Director Staff Administrator Partner Steward;
    TellByHand "say that one told somebody with lived experience, who gets no letters, that something waits": Director Staff;
    InviteMembers "invite members: administrators all but directors, directors other directors, everybody here people with lived experience" fresh: Director Staff Administrator;
    InviteMany "invite many people from a list, as one could one by one" fresh: Administrator;
    ManageMembers "end memberships, propose members of a body" fresh: Administrator;
    ChangeRoles "change roles on the agency’s side; a director’s is given and taken by directors" fresh: Director Administrator;
    StopMembers "suspend or end memberships, in the agency or in one’s own body" fresh: Administrator Steward;
    EndSignIns "see where people of the agency’s own side are signed in here, and end it" fresh: Administrator;
    ReportLostFactors "ask that somebody who lost their second step may sign in without it" fresh: Administrator;
    AllowLostFactors "confirm or decline, as a second person, that somebody lost their second step" fresh: Director Administrator Steward;
    RenewLinks "make an invitation’s link anew" fresh: Director Staff Administrator Steward;
    RecordStewards "record the act by which a body names its first steward" fresh: Staff Administrator;
    ConfirmActs "see which acts were recorded, and confirm those that one received" fresh: Director Staff Administrator;
    KeepOwnPage "see and keep what concerns oneself": Director Staff Analyst Administrator Partner Steward;
    AdmitToBody "admit people to one’s own body, give mandates" fresh: Steward;
    SeeMemberChanges "see every change in the membership of one’s own body, or of the agency’s side": Director Steward;
    ManageSettings "change the agency’s settings" fresh: Administrator;
    AskWhoSees "ask whether somebody sees a record, and why: one’s own, one’s body’s, or what one answers for": Director Staff Administrator Partner Steward;
    SeeRetention "see how long what is kept, and what was proposed to be destroyed": Director Administrator Steward;
    KeepRetention "set how long what is kept, propose to destroy what is due" fresh: Administrator;
    DecideDestruction "decide on what somebody else proposed to destroy" fresh: Director;
    GiveBodysWord "give a body’s word on destroying its words" fresh: Steward;
    SeeHolds "see the legal holds on what one may see": Director Administrator;
    SetHolds "set a legal hold, confirm one that somebody else set" fresh: Director Administrator;
    LiftHolds "propose to end a legal hold, decide on what somebody else proposed" fresh: Director Administrator;
    OpenAsking "let anybody ask the agency something without an account, or no longer" fresh: Director;
    SeeClosedDays "see on which days the agency is closed": Director Staff Analyst Administrator Partner Steward;
    SeeSettings "see every change of the agency’s settings": Director Administrator;
    ViewDuties "see which duties are lent to whom": Director Staff Analyst Administrator;
    KeepDesk "see what the agency holds of one’s body, let fewer read it, take it back, take a copy" fresh: Steward;
    MarkConcerns "say which body a record concerns": Director Staff Steward;
    SeeOpenings "see which records were opened in an emergency, as far as one may know": Director Administrator Partner Steward;
    OpenInEmergency "open one restricted record for hours, for a reason that is told" fresh: Administrator;
    LendDuties "lend a duty to a named person until a day" fresh: Director;
    BeAway "say that one is away, and ask somebody to stand in" fresh: Director Staff;
    StandIn "say whether one stands in for somebody, and end that before its day": Director Staff;
    AnswerByLink "answer about one’s own words by a link": Link;
}
