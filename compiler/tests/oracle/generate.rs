//! Random structured processes, mostly sound, some with a defect put in.

use super::program::{Arrow, Dossier, Exit, Guard, Item, Line, Place, Program, Round, Step, Target, Wait};

/// A generator of numbers that every machine repeats (splitmix64).
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % limit.max(1) as u64) as usize
    }
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
    fn pick<T: Copy>(&mut self, list: &[T]) -> Option<T> {
        if list.is_empty() { None } else { Some(list[self.below(list.len())]) }
    }
}

/// A row of a level that an arrow may point to, with the first step in it.
#[derive(Clone, Copy)]
struct Peer {
    place: Place,
    first: usize,
    shared: bool,
}

/// Where a step stands while its exits are made.
struct Around<'a> {
    peers: &'a [Peer],
    in_branch: bool,
    last: bool,
    shared: bool,
}

/// Makes programs.
pub struct Generator<'r> {
    random: &'r mut Random,
    program: Program,
    /// Steps with outcomes so far, with how many.
    decided: Vec<(usize, usize)>,
    budget: usize,
}

impl<'r> Generator<'r> {
    pub fn program(random: &'r mut Random) -> Program {
        let budget = 2 + random.below(7);
        let mut made = Generator { random, program: Program::default(), decided: Vec::new(), budget };
        let mut items = made.rows(0, false);
        items.push(made.step(false));
        made.exits(&items, false);
        made.program.items = items;
        made.program
    }

    fn step(&mut self, shared: bool) -> Item {
        let times = [0, 30, 60, 240, 480, 480, 960, 1440, 2400];
        let minutes = self.random.pick(&times);
        let own = !shared || self.random.chance(20);
        let uncounted = own && self.random.chance(6);
        self.program.steps.push(Step { minutes: if own { minutes } else { None }, uncounted, exit: Exit::Next });
        Item::Step(self.program.steps.len() - 1)
    }

    fn rows(&mut self, depth: usize, shared: bool) -> Vec<Item> {
        let mut items = Vec::new();
        let count = 1 + self.random.below(if depth == 0 { 6 } else { 3 });
        for _ in 0..count {
            if self.budget == 0 {
                break;
            }
            items.push(match self.random.below(100) {
                0..26 if depth < 2 && self.budget > 2 => self.fork(depth, shared),
                26..40 if !shared && self.budget > 1 => self.stage(depth),
                _ => {
                    self.budget -= 1;
                    self.step(shared)
                }
            });
        }
        if items.is_empty() {
            items.push(self.step(shared));
        }
        items
    }

    fn fork(&mut self, depth: usize, shared: bool) -> Item {
        let fork = self.program.forks;
        self.program.forks += 1;
        let count = 2 + self.random.below(2);
        let branches: Vec<Vec<Item>> = (0..count).map(|_| self.rows(depth + 1, shared)).collect();
        let required = if self.random.chance(50) { None } else { Some(1 + self.random.below(count)) };
        Item::Fork { fork, required, branches }
    }

    fn stage(&mut self, depth: usize) -> Item {
        let stage = self.program.stages.len();
        let shared = self.random.chance(60);
        let minutes = self.random.pick(&[480, 960, 2400]).filter(|_| shared);
        self.program.stages.push(minutes);
        // One row at least shares the limit.
        let mut items = self.rows(depth.max(1), shared);
        if shared {
            self.program.steps.push(Step::default());
            items.push(Item::Step(self.program.steps.len() - 1));
        }
        Item::Stage { stage, items }
    }

    /// Makes the exits of a level, row by row, and of the levels inside.
    fn exits(&mut self, items: &[Item], in_branch: bool) {
        let (mut peers, mut inner) = (Vec::new(), Vec::new());
        self.level(items, false, &mut peers, &mut inner);
        let count = peers.len();
        let mut inner = inner.into_iter();
        for (number, peer) in peers.iter().enumerate() {
            let last = !in_branch && number + 1 == count;
            match peer.place {
                Place::Step(step) => {
                    let around = Around { peers: &peers, in_branch, last, shared: peer.shared };
                    let exit = self.exit(step, &around);
                    if let Exit::Outcomes(lines) = &exit {
                        self.decided.push((step, lines.len()));
                    }
                    self.program.steps[step].exit = exit;
                }
                Place::Fork(_) => inner.next().into_iter().flatten().for_each(|branch| self.exits(branch, true)),
            }
        }
    }

    fn level<'i>(&self, items: &'i [Item], shared: bool, peers: &mut Vec<Peer>, inner: &mut Vec<&'i [Vec<Item>]>) {
        for item in items {
            match item {
                Item::Step(step) => peers.push(Peer { place: Place::Step(*step), first: *step, shared }),
                Item::Fork { fork, branches, .. } => {
                    peers.push(Peer { place: Place::Fork(*fork), first: first(item), shared });
                    inner.push(branches);
                }
                Item::Stage { stage, items } => self.level(items, self.program.stages[*stage].is_some(), peers, inner),
            }
        }
    }

    fn exit(&mut self, step: usize, around: &Around) -> Exit {
        match self.random.below(100) {
            0..42 if around.last => Exit::End,
            0..42 => Exit::Next,
            42..72 => Exit::Outcomes(self.outcomes(step, around)),
            72..92 => Exit::Choice(self.choice(step, around)),
            _ => Exit::To(self.arrow(step, around, true)),
        }
    }

    fn outcomes(&mut self, step: usize, around: &Around) -> Vec<Line> {
        let count = 2 + self.random.below(2);
        let mut lines: Vec<Line> = Vec::new();
        for outcome in 0..count as u8 {
            let guard = self.random.chance(if outcome == 0 { 2 } else { 15 }).then(|| self.guard());
            // One outcome may stand twice under guards that exclude each other.
            if let Some(guard) = guard.clone().filter(|_| self.random.chance(50)) {
                let arrow = self.arrow(step, around, false);
                lines.push(Line { outcome, guard: Some(Guard::Not(Box::new(guard))), arrow });
            }
            let arrow = if outcome == 0 { self.onward(around) } else { self.arrow(step, around, false) };
            lines.push(Line { outcome, guard, arrow });
        }
        lines
    }

    fn choice(&mut self, step: usize, around: &Around) -> Vec<Line> {
        let count = 1 + self.random.below(2);
        let mut lines: Vec<Line> = (0..count)
            .map(|_| {
                let guard = Some(self.guard());
                Line { outcome: 0, guard, arrow: self.arrow(step, around, true) }
            })
            .collect();
        if self.random.chance(95) {
            lines.push(Line {
                outcome: 0,
                guard: None,
                arrow: if self.random.chance(60) { self.onward(around) } else { self.arrow(step, around, true) },
            });
        }
        lines
    }

    fn blank(&mut self, target: Target) -> Arrow {
        self.program.arrows += 1;
        Arrow::plain(self.program.arrows - 1, target)
    }

    fn end(around: &Around) -> Target {
        Target::End { stop: around.in_branch }
    }

    fn on(around: &Around) -> Target {
        if around.last { Self::end(around) } else { Target::Next }
    }

    fn onward(&mut self, around: &Around) -> Arrow {
        self.blank(Self::on(around))
    }

    /// `guarded`: nobody decides, so what is used up needs another way.
    fn arrow(&mut self, step: usize, around: &Around, guarded: bool) -> Arrow {
        let ahead: Vec<Peer> = around.peers.iter().filter(|peer| peer.first > step).copied().collect();
        let behind: Vec<Peer> = around.peers.iter().filter(|peer| peer.first <= step).copied().collect();
        let mut arrow = match (self.random.below(100), self.random.pick(&ahead), self.random.pick(&behind)) {
            (0..25, _, _) => self.onward(around),
            (25..40, Some(peer), _) => self.blank(Target::To(peer.place)),
            (40..52, _, _) => self.blank(Self::end(around)),
            (_, _, Some(peer)) => self.back(peer, around, guarded),
            _ => self.onward(around),
        };
        if self.random.chance(12) && !matches!(arrow.target, Target::End { .. }) {
            arrow.wait = if self.random.chance(60) { Wait::Supplement } else { Wait::Other };
        }
        if !guarded && arrow.most.is_none() && self.random.chance(4) {
            arrow.most = Some(1);
        }
        arrow
    }

    fn back(&mut self, to: Peer, around: &Around, guarded: bool) -> Arrow {
        let mut arrow = self.blank(Target::Back(to.place));
        let price = self.random.pick(&[0, 240, 480, 1000, 2000]).unwrap_or(0).max(1);
        arrow.most = Some(1 + self.random.below(2) as u8);
        match self.random.below(100) {
            0..45 => {}
            45..60 => (arrow.round, arrow.most) = (Round::SetTime, arrow.most.filter(|_| guarded)),
            60..80 => arrow.round = Round::Each(price),
            _ => (arrow.round, arrow.most) = (Round::All(price), arrow.most.filter(|most| guarded || *most > 1)),
        }
        arrow.restarts = !around.in_branch && !around.shared && !to.shared && self.random.chance(15);
        if guarded && self.random.chance(96) {
            arrow.exhausted = Some(if self.random.chance(70) { Self::on(around) } else { Self::end(around) });
            if self.random.chance(2) {
                arrow.exhausted = Some(Target::Back(to.place));
            }
        }
        arrow
    }

    fn guard(&mut self) -> Guard {
        match self.random.below(100) {
            0..22 => Guard::Flag(self.random.below(2)),
            22..40 => Guard::Value(self.random.below(3) as u8),
            40..58 => {
                let operator = self.random.pick(&["<", "≤", ">", "≥", "=", "≠"]).unwrap_or("<");
                Guard::Number(operator, [20, 40][self.random.below(2)])
            }
            58..80 => match self.random.pick(&self.decided.clone()) {
                Some((step, outcomes)) => Guard::Outcome(step, self.random.below(outcomes.min(2)) as u8),
                None => Guard::Flag(0),
            },
            80..88 => Guard::Not(Box::new(self.guard())),
            88..94 => Guard::And(Box::new(self.guard()), Box::new(self.guard())),
            _ => Guard::Or(Box::new(self.guard()), Box::new(self.guard())),
        }
    }
}

fn first(item: &Item) -> usize {
    match item {
        Item::Step(step) => *step,
        Item::Fork { branches, .. } => branches.iter().flatten().map(first).min().unwrap_or(0),
        Item::Stage { items, .. } => items.iter().map(first).min().unwrap_or(0),
    }
}

/// Every dossier that the program's guards can tell apart: on the constants, between them and beside them.
pub fn dossiers(program: &Program) -> Vec<Dossier> {
    let text = program.text();
    // Every field stands once where it is declared.
    let read = |field: &str| text.matches(field).count() > 1;
    let mut all = Vec::new();
    for flags in [[false, false], [true, false], [false, true], [true, true]] {
        for value in 0..if read("e0") { 3 } else { 1 } {
            for number in [10, 20, 30, 40, 50].into_iter().take(if read("n0") { 5 } else { 1 }) {
                all.push(Dossier { flags, value, number });
            }
        }
    }
    all.retain(|dossier| read("f1") || !dossier.flags[1]);
    all
}

/// Puts a defect in; answers whether there was a place for it. What it does is for the player to say.
pub fn break_it(program: &mut Program, random: &mut Random) -> bool {
    match random.below(6) {
        0 => drop_the_end(program),
        1 => unbind_a_way_back(program),
        2 => open_a_gap(program),
        kind => break_branch(program, random, kind).is_some(),
    }
}

fn drop_the_end(program: &mut Program) -> bool {
    let last = program.steps.last_mut().filter(|step| matches!(step.exit, Exit::End));
    last.map(|last| last.exit = Exit::Next).is_some()
}

fn unbind_a_way_back(program: &mut Program) -> bool {
    let back = |arrow: &&mut Arrow| matches!(arrow.target, Target::Back(_));
    let arrow = program.steps.iter_mut().flat_map(|step| step.exit.arrows_mut()).find(back);
    arrow.map(|arrow| (arrow.most, arrow.exhausted, arrow.round) = (None, None, Round::Full)).is_some()
}

fn open_a_gap(program: &mut Program) -> bool {
    let guarded = |step: &&mut Step| matches!(&step.exit, Exit::Choice(lines) if lines.len() > 1);
    match program.steps.iter_mut().find(guarded).map(|step| &mut step.exit) {
        Some(Exit::Choice(lines)) => lines.retain(|line| line.guard.is_some()),
        _ => return false,
    }
    true
}

/// A join that waits for too many, an end in a branch, an arrow out of a branch.
fn break_branch(program: &mut Program, random: &mut Random, kind: usize) -> Option<()> {
    let index = program.items.iter().position(|item| matches!(item, Item::Fork { .. }))?;
    let Item::Fork { required, branches, .. } = &mut program.items[index] else { return None };
    if kind == 3 {
        *required = Some(branches.len() + 1 + random.below(2));
        return Some(());
    }
    // Not a step whose outcome a guard may read.
    let plain = |step: &usize| !matches!(program.steps[*step].exit, Exit::Outcomes(_));
    let steps = branches.iter().flatten().map(|item| if let Item::Step(step) = item { Some(*step) } else { None });
    let step = steps.flatten().find(plain)?;
    let last = program.steps.len() - 1;
    if kind == 4 {
        program.steps[step].exit = Exit::End;
        return Some(());
    }
    let target = Target::To(Place::Step(last));
    program.steps[step].exit = Exit::To(Arrow::plain(program.arrows, target));
    program.arrows += 1;
    Some(())
}
