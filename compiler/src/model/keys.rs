//! Which keys belong into which block.

use tthc_grammar::keywords::{AGENCY_KINDS, Key, STEP_KINDS, ValueKind};
use tthc_grammar::tree::DeclarationKind;

/// The keys that a block may hold. For the block of an arrow ask for `Outcomes`, of a paper for `Papers`.
pub fn allowed(kind: DeclarationKind) -> &'static [Key] {
    use DeclarationKind as D;
    use Key::*;
    const PROCEDURE: &[Key] = &[
        Code,
        IssuedBy,
        Basis,
        Domain,
        Symbol,
        ExecutingAgency,
        CoordinatingAgencies,
        CompetentAuthority,
        DelegatedAgency,
        ReceivedAt,
        Agency,
        Level,
        Online,
        PublicPost,
        Fee,
        Charge,
        Applicants,
        Channels,
        Conditions,
        Retention,
        Result,
        Content,
        Note,
        InForce,
        Reckoning,
        Limit,
        StatutoryLimit,
        ShareOf,
        FourOnSite,
        FiveOnSite,
        Process,
        Calendar,
        AfterThree,
        Form,
    ];
    match kind {
        D::Defaults => &[
            Level,
            Online,
            Reckoning,
            ReceivedAt,
            ExecutingAgency,
            CompetentAuthority,
            PublicPost,
            Calendar,
            AfterThree,
        ],
        D::Agency => &[Code, Level, OneStop, MaySign, InForce, Kind, Calendar, AfterThree, Note],
        D::Unit => &[Code, InForce, Note],
        D::Role => &[Code, MaySign, Note],
        D::Delegation => &[Under, Scope, InForce, Note],
        D::Assignment => &[Under, Scope, InForce, Note],
        D::Form => &[Code, Under, InForce, Template, Note],
        D::Calendar => &[WorkingHours, WeeklyRest, DaysOff, MakeUpDays, DataYears, Basis, Note],
        D::Procedure | D::SharedProcess | D::Case => PROCEDURE,
        D::Process => &[Agency, Reckoning, Note],
        D::Stage => &[Agency, Limit, Reckoning, Result, Note],
        D::Parallel | D::Branch => &[Agency, Note],
        D::Part => &[Agency, Reckoning, Note],
        D::After => &[Agency, Reckoning, Note],
        D::Step => &[
            Agency,
            Kind,
            Form,
            Result,
            Content,
            ConsultationContent,
            Note,
            Performer,
            Time,
            AtLatest,
            GoTo,
            EndWith,
            Overdue,
            Presence,
            Calendar,
            AfterThree,
            Fee,
            Charge,
            Symbol,
            Channels,
            Conditions,
            Applicants,
            Reckoning,
        ],
        D::Call => &[Kind, Form, Result, Content, Note, Symbol],
        D::Electronic => &[Status, DigitalSignature, Notify, Note],
        D::Outcomes => &[Form, Result, Content, Note],
        D::Papers => &[Originals, Copies, Template, ElectronicCopy, Note],
        D::Import | D::Posting | D::Fields | D::Choice | D::Insert => &[],
    }
}

/// The blocks that have keys.
pub const BLOCKS: [DeclarationKind; 22] = {
    use DeclarationKind as D;
    [
        D::Defaults,
        D::Agency,
        D::Unit,
        D::Role,
        D::Delegation,
        D::Assignment,
        D::Form,
        D::Calendar,
        D::Procedure,
        D::SharedProcess,
        D::Case,
        D::Process,
        D::Stage,
        D::Parallel,
        D::Branch,
        D::Part,
        D::After,
        D::Step,
        D::Call,
        D::Electronic,
        D::Outcomes,
        D::Papers,
    ]
};

/// The keys without which the block cannot be understood.
pub(super) fn required(kind: DeclarationKind) -> &'static [Key] {
    match kind {
        DeclarationKind::Delegation => &[Key::Under, Key::InForce],
        _ => &[],
    }
}

/// Keys that may stand several times: lines for different dossiers or agencies, and plain texts.
pub(crate) fn repeatable(key: Key) -> bool {
    matches!(key, Key::Limit | Key::StatutoryLimit | Key::ShareOf | Key::Note | Key::Basis)
}

/// The phrases that a key of a closed list takes in this block.
pub(crate) fn list_of(key: Key, kind: DeclarationKind) -> Option<&'static [&'static str]> {
    match (key, key.kind()) {
        (Key::Kind, _) if kind == DeclarationKind::Agency => Some(AGENCY_KINDS),
        (Key::Kind, _) => Some(STEP_KINDS),
        (_, ValueKind::Closed(list)) => Some(list),
        _ => None,
    }
}

/// The kinds of blocks to which a key belongs.
pub(super) fn homes(key: Key) -> Vec<DeclarationKind> {
    use DeclarationKind as D;
    let all = [
        D::Procedure,
        D::Step,
        D::Stage,
        D::Agency,
        D::Role,
        D::Delegation,
        D::Calendar,
        D::Electronic,
        D::Outcomes,
        D::Papers,
        D::Form,
        D::Defaults,
        D::Process,
    ];
    all.into_iter().filter(|kind| allowed(*kind).contains(&key)).collect()
}
