//! Events at the border of a step: one of them is its `quá hạn`, the others are left to somebody.

use super::ends;
use super::steps::{Region, Steps};
use crate::import::draft::{Remark, Step, Time};
use crate::import::words;

impl Steps<'_> {
    /// The event at the border of a step.
    pub(super) fn overdue(&mut self, place: usize, step: &mut Step, region: &Region, at: usize) {
        let plan = self.plan;
        let borders = plan.drawn.borders(place);
        let late = borders.iter().find(|border| self.node(**border).timer.is_some());
        for other in borders.iter().filter(|border| Some(*border) != late) {
            step.remarks.push(self.other_event(*other, region, at));
        }
        let Some((border, timer)) = late.and_then(|border| Some((border, self.node(*border).timer.as_ref()?))) else {
            return;
        };
        let event = self.node(*border);
        if step.time == Time::Unknown
            && let Some(time) = super::duration(timer)
        {
            step.time = Time::Within(time);
        }
        let ways = plan.ways.get(border).into_iter().flatten();
        step.remarks.extend(ways.filter_map(|way| ends::open(self.node(way.to))));
        let value = match event.properties.get("outcome") {
            Some(outcome) => format!("coi như {}", words::name(outcome)),
            // Without it it only leads on late, and nobody has agreed to anything, also where it leads the same way.
            None if event.properties.get("agreed").is_some() => "coi như đồng ý".into(),
            None => self.goals(*border, region, at),
        };
        if step.time == Time::Unknown {
            // What has no time cannot be late.
            step.remarks.push(Remark::Open(format!("ghi thời gian, rồi thêm “quá hạn: {value}”")));
        } else {
            step.lines.push(format!("quá hạn: {value}"));
        }
    }

    /// An event at the border of a step that is no `quá hạn`: a step has one of them.
    fn other_event(&self, border: usize, region: &Region, at: usize) -> Remark {
        let event = self.node(border);
        let (name, goal) = (super::called(event), self.goals(border, region, at));
        Remark::Open(match &event.timer {
            Some(timer) => {
                let time = super::duration(timer).unwrap_or_else(|| timer.clone());
                format!("còn một mốc thời gian nữa ở việc này – khi hết {time}, {name}: {goal}")
            }
            None => format!("sự kiện không phải là hết thời gian – khi có {name}: {goal}"),
        })
    }

    fn goals(&self, border: usize, region: &Region, at: usize) -> String {
        let first = self.plan.ways.get(&border).and_then(|ways| ways.first());
        first.map_or("kết thúc dừng xử lý".into(), |way| match self.goal(way, region, at).as_str() {
            // A join has no name.
            "tiếp" => self.reference(way.to).unwrap_or("tiếp".into()),
            goal => goal.to_string(),
        })
    }
}
