//! Agreement with published verdicts, and the cost of the general soundness check.
//!
//! `TTHC_MODELS` names a folder with `ibm-1386.txt` (a net per line, `name|places|initial place|transitions`) and
//! `ibm-1386-labels.tsv` (`name`, tab, 1 for sound). Ends with 1 on any disagreement.

#[allow(dead_code, reason = "the full search belongs to the tests")]
#[path = "../tests/general/plain.rs"]
mod plain;

use plain::Plain;
use std::collections::HashMap;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use tthc_compiler::analysis::general::{Defect, Net, PlaceId, Verdict, check};

/// Every model is checked so often; the fastest counts, since other work may run on the machine.
const ROUNDS: usize = 5;

fn main() -> ExitCode {
    let agrees = match std::env::var_os("TTHC_MODELS") {
        None => {
            println!("NOT RUN: TTHC_MODELS is not set");
            true
        }
        Some(folder) => match published(Path::new(&folder)) {
            Ok(agrees) => agrees,
            Err(error) => {
                println!("models: {error}");
                false
            }
        },
    };
    let generated = [100, 1_000, 10_000, 100_000].map(|size| (format!("blocks {size}"), blocks(size)));
    let fans = [
        ("1000 parallel branches".to_owned(), fan(1_000, false)),
        ("the same, one of them loops".to_owned(), fan(1_000, true)),
    ];
    for (name, net) in generated.into_iter().chain(fans) {
        match net {
            Ok(net) => cost(&name, &net),
            Err(error) => println!("{name}: {error}"),
        }
    }
    if agrees { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

type Failure = Box<dyn std::error::Error>;

fn published(folder: &Path) -> Result<bool, Failure> {
    let models = std::fs::read_to_string(folder.join("ibm-1386.txt"))?;
    let labels = std::fs::read_to_string(folder.join("ibm-1386-labels.tsv"))?;
    let labels: HashMap<&str, bool> = labels
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once('\t'))
        .map(|(name, sound)| (name, sound == "1"))
        .collect();
    let mut times = Vec::new();
    let (mut agreeing, mut unfinished, mut disagreeing, mut sound) = (0, 0, 0, 0);
    let (mut runs, mut defects, mut unshown) = (0, 0, 0);
    for line in models.lines() {
        let (name, net) = parse(line).ok_or_else(|| format!("not a model: {line}"))?;
        let label = *labels.get(name).ok_or_else(|| format!("no verdict for {name}"))?;
        let (verdict, time) = timed(&net);
        times.push((time, name, net.places() + net.transitions()));
        match verdict {
            Verdict::Unknown { states } => {
                unfinished += 1;
                println!("unfinished: {name} after {states} states");
            }
            verdict if (verdict == Verdict::Sound) == label => agreeing += 1,
            verdict => {
                disagreeing += 1;
                println!("disagrees: {name}: published {label}, here {verdict:?}");
            }
        }
        match timed(&net).0 {
            Verdict::Sound => sound += 1,
            Verdict::Unsound(found) => {
                // Panics where a run does not replay.
                let plain = Plain::read(&net);
                found.iter().for_each(|defect| plain.confirm(net.initial().0, defect));
                defects += found.len();
                runs += found.iter().filter(|defect| is_shown(defect)).count();
                unshown += usize::from(!found.iter().any(is_shown));
            }
            Verdict::Unknown { .. } => {}
        }
    }
    times.sort();
    let total: Duration = times.iter().map(|(time, ..)| *time).sum();
    println!("models: {}", times.len());
    println!("agreement: {agreeing}/{}", times.len());
    println!("disagreement: {disagreeing}");
    println!("unfinished: {unfinished}");
    println!("sound: {sound}");
    println!(
        "defects: {defects}; shown by a run that replays, or by structure: {runs}; unsound models without any: {unshown}"
    );
    println!("total: {:.3} ms (fastest of {ROUNDS} rounds per model)", total.as_secs_f64() * 1e3);
    if let Some((time, ..)) = times.get(times.len() / 2) {
        println!("median per model: {:.1} us", time.as_secs_f64() * 1e6);
    }
    if let Some((time, name, nodes)) = times.last() {
        println!("at most per model: {:.3} ms ({name}, {nodes} nodes)", time.as_secs_f64() * 1e3);
    }
    Ok(agreeing == times.len() && !times.is_empty())
}

fn is_shown(defect: &Defect) -> bool {
    match defect {
        Defect::Unreachable { .. } => true,
        Defect::NoExit { witness, .. } | Defect::Deadlock { witness, .. } | Defect::SecondToken { witness, .. } => {
            witness.is_some()
        }
    }
}

fn parse(line: &str) -> Option<(&str, Net)> {
    let mut fields = line.split('|');
    let name = fields.next()?;
    let places = fields.next()?.parse().ok()?;
    let mut net = Net::new(places, PlaceId(fields.next()?.parse().ok()?)).ok()?;
    let side = |text: &str| -> Option<Vec<PlaceId>> {
        text.split_whitespace().map(|place| place.parse().ok().map(PlaceId)).collect()
    };
    for transition in fields.next()?.split(';') {
        let (inputs, outputs) = transition.split_once('>')?;
        net.add_transition(&side(inputs)?, &side(outputs)?).ok()?;
    }
    Some((name, net))
}

fn timed(net: &Net) -> (Verdict, Duration) {
    let once = || {
        let start = Instant::now();
        let verdict = check(net);
        (verdict, start.elapsed())
    };
    let (verdict, first) = once();
    let fastest = (1..ROUNDS).map(|_| once().1).fold(first, Duration::min);
    (verdict, fastest)
}

fn cost(name: &str, net: &Net) {
    let (verdict, time) = timed(net);
    let nodes = net.places() + net.transitions();
    let verdict = match verdict {
        Verdict::Sound => "sound".to_owned(),
        Verdict::Unsound(defects) => {
            format!("{} defects, {} shown", defects.len(), defects.iter().filter(|d| is_shown(d)).count())
        }
        Verdict::Unknown { states } => format!("unknown after {states} states"),
    };
    println!(
        "{name}: {nodes} nodes, {:.3} ms, {:.1} ns per node, {verdict}",
        time.as_secs_f64() * 1e3,
        time.as_secs_f64() * 1e9 / nodes as f64
    );
}

/// Transitions as they come, places counted on the way.
#[derive(Default)]
struct Builder {
    places: u32,
    transitions: Vec<(Vec<PlaceId>, Vec<PlaceId>)>,
}

impl Builder {
    fn place(&mut self) -> PlaceId {
        self.places += 1;
        PlaceId(self.places - 1)
    }

    fn fire(&mut self, inputs: &[PlaceId], outputs: &[PlaceId]) {
        self.transitions.push((inputs.to_vec(), outputs.to_vec()));
    }

    fn net(self) -> Result<Net, Failure> {
        let mut net = Net::new(self.places as usize, PlaceId(0))?;
        for (inputs, outputs) in &self.transitions {
            net.add_transition(inputs, outputs)?;
        }
        Ok(net)
    }
}

/// Nested sequences, choices, parallel blocks and loops with about so many nodes; always the same.
fn blocks(size: usize) -> Result<Net, Failure> {
    let mut builder = Builder::default();
    let (start, end) = (builder.place(), builder.place());
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    let mut open = vec![(start, end, size)];
    while let Some((from, to, size)) = open.pop() {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        if size < 12 {
            builder.fire(&[from], &[to]);
            continue;
        }
        let left = 3 + (random >> 32) as usize % (size - 6);
        let (one, two) = (builder.place(), builder.place());
        match random % 8 {
            0..=3 => {
                builder.fire(&[from], &[one]);
                open.extend([(one, two, left)]);
                open.push((two, to, size - left));
            }
            4 | 5 => {
                builder.fire(&[from], &[one]);
                builder.fire(&[two], &[to]);
                open.extend([(one, two, left), (one, two, size - left)]);
            }
            6 => {
                let (three, four) = (builder.place(), builder.place());
                builder.fire(&[from], &[one, three]);
                builder.fire(&[two, four], &[to]);
                open.extend([(one, two, left), (three, four, size - left)]);
            }
            _ => {
                builder.fire(&[from], &[one]);
                builder.fire(&[two], &[to]);
                open.extend([(one, two, left), (two, one, size - left)]);
            }
        }
    }
    builder.net()
}

/// Parallel branches with a choice each; one goes round for ever, if asked for.
fn fan(branches: usize, endless: bool) -> Result<Net, Failure> {
    let mut builder = Builder::default();
    let (start, end) = (builder.place(), builder.place());
    let ways: Vec<[PlaceId; 3]> = (0..branches).map(|_| [(); 3].map(|()| builder.place())).collect();
    builder.fire(&[start], &ways.iter().map(|way| way[0]).collect::<Vec<_>>());
    for (number, [first, second, third]) in ways.iter().enumerate() {
        builder.fire(&[*first], &[*second]);
        builder.fire(&[*first], &[*second]);
        builder.fire(&[*second], &[if endless && number == 0 { *first } else { *third }]);
    }
    builder.fire(&ways.iter().map(|way| way[2]).collect::<Vec<_>>(), &[end]);
    builder.net()
}
