//! `tthc due`

use crate::Place;

#[test]
fn a_line_for_each_day() {
    let place = Place::empty();
    let run = place.tthc(&["due", "17/08/2026", "28/08/2026 10:00", "--in", "3 ngày làm việc"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert_eq!(run.out, "17/08/2026\t24:00 20/08/2026\n28/08/2026 10:00\t24:00 07/09/2026\n");
    let run = place.tthc(&["due", "17/08/2026 15:20", "--in", "4 giờ làm việc", "--after-three"]);
    assert_eq!(run.out, "17/08/2026 15:20\t11:30 18/08/2026\n");
    let run = place.tthc(&["due", "17/08/2026 08:07", "--in", "3 ngày làm việc", "--count", "office"]);
    assert_eq!(run.out, "17/08/2026 08:07\t08:15 20/08/2026\n");
}

#[test]
fn what_is_not_known_is_said() {
    let place = Place::empty();
    let run = place.tthc(&["due", "17/08/2031", "17/08/2026", "--in", "1 ngày", "--lang", "en"]);
    assert_eq!((run.status, run.err.as_str()), (1, ""));
    assert_eq!(run.out, "17/08/2031\tno calendar data\n17/08/2026\t24:00 18/08/2026\n");
}

#[test]
fn what_cannot_be_read_is_refused() {
    let place = Place::empty();
    for (day, period) in [("2026-08-17", "1 ngày"), ("31/02/2026", "1 ngày"), ("17/08/2026", "mai")] {
        let run = place.tthc(&["due", day, "--in", period]);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{day} {period}");
        assert!(run.err.starts_with("lỗi: '"), "{}", run.err);
    }
}
