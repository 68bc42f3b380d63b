//! Pictures of every example and of generated graphs: nothing lies over anything else, and nothing that a file says is markup.
#![allow(clippy::unwrap_used)]

mod common;

use common::examples;
use tthc_compiler::diagram::layout::{Band, Edge, Layout, Node, Outline, Plan, Rect, layout};
use tthc_compiler::diagram::{self, Kind, Picture};
use tthc_compiler::model::procedure::ProcedureId;
use tthc_compiler::project::{Project, Settings};

fn project(text: &str) -> Project {
    common::project(text, Settings::default())
}

fn all_pictures(project: &Project) -> Vec<Picture> {
    (0..project.model.procedures.len()).flat_map(|index| diagram::pictures(project, ProcedureId(index))).collect()
}

/// The stretches of a line as thin rectangles.
fn stretches(points: &[(i32, i32)]) -> impl Iterator<Item = Rect> + '_ {
    points.windows(2).map(move |pair| {
        let ((ax, ay), (bx, by)) = (pair[0], pair[1]);
        assert!(ax == bx || ay == by, "a line runs aslant: {points:?}");
        Rect { x: ax.min(bx), y: ay.min(by), width: (ax - bx).abs().max(1), height: (ay - by).abs().max(1) }
    })
}

/// Nothing lies over anything else.
fn judge(plan: &Plan, drawn: &Layout, name: &str) {
    let labels = drawn.edges.iter().filter_map(|route| route.label);
    let solid: Vec<Rect> = drawn.nodes.iter().copied().chain(labels).collect();
    for (index, a) in solid.iter().enumerate() {
        assert!(a.x >= 0 && a.y >= plan.header && a.y + a.height <= drawn.height, "{name}: outside: {a:?}");
        assert!(solid[..index].iter().all(|b| !a.overlaps(b)), "{name}: {a:?} lies over another");
    }
    for (node, rect) in plan.nodes.iter().zip(&drawn.nodes) {
        let (left, width) = drawn.lanes[node.lane];
        assert!(left <= rect.x && rect.x + rect.width <= left + width, "{name}: {rect:?} leaves its lane");
    }
    for (index, (band, rect)) in plan.bands.iter().zip(&drawn.bands).enumerate() {
        assert!(rect.height >= band.height && rect.y >= plan.header, "{name}: no room in {rect:?}");
        assert!(drawn.lanes.iter().all(|(x, _)| rect.x + rect.width <= *x), "{name}: {rect:?} lies in a lane");
        assert!(drawn.bands[..index].iter().all(|other| !other.overlaps(rect)), "{name}: {rect:?} lies over another");
        for node in band.nodes.iter().map(|node| &drawn.nodes[*node]) {
            let inside = rect.y <= node.y && node.y + node.height <= rect.y + rect.height;
            assert!(inside, "{name}: {node:?} is not beside {rect:?}");
        }
    }
    for (index, (edge, route)) in plan.edges.iter().zip(&drawn.edges).enumerate() {
        for stretch in stretches(&route.points) {
            let crossed = drawn.nodes.iter().enumerate().filter(|(node, _)| *node != edge.from && *node != edge.to);
            for (node, rect) in crossed {
                assert!(!stretch.overlaps(rect), "{name}: line {index} runs through node {node}");
            }
            for (other, label) in drawn.edges.iter().enumerate().filter_map(|(i, r)| Some((i, r.label?))) {
                let label = Rect { x: label.x - 3, width: label.width + 3, ..label };
                assert!(!stretch.overlaps(&label), "{name}: line {index} runs through the label of {other}");
            }
            for (other, route) in drawn.edges[..index].iter().enumerate() {
                for along in stretches(&route.points).filter(|along| along.overlaps(&stretch)) {
                    let crossing = (along.width == 1) != (stretch.width == 1);
                    assert!(crossing, "{name}: lines {other} and {index} share {along:?} {stretch:?}");
                }
            }
        }
    }
}

#[test]
fn nothing_lies_over_anything_else() {
    let pictures = all_pictures(&examples(Settings::default()));
    assert!(pictures.len() >= 13);
    for picture in &pictures {
        judge(&picture.plan(), &picture.layout, &picture.title);
    }
}

#[test]
fn generated_graphs_of_five_to_sixty_steps_are_drawn_clean() {
    let mut state = 17_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for round in 0..200 {
        let (count, lanes) = (5 + random(56), 1 + random(6));
        let mut plan = Plan { lanes: vec![120; lanes], header: 30, ..Plan::default() };
        for index in 0..count {
            let (width, height, outline) = match random(4) {
                0 if index > 0 => (64, 34, Outline::Diamond),
                _ => (196, 40 + 16 * random(4) as i32, Outline::Box),
            };
            plan.nodes.push(Node { width, height, lane: random(lanes), outline });
            if index > 0 {
                plan.edges.push(Edge { from: index - 1, to: index, label: None, aside: false });
            }
            if index > 2 && random(3) == 0 {
                let label = (random(2) == 0).then_some((90, 32));
                let (from, to) = if random(2) == 0 { (random(index), index) } else { (index, random(index)) };
                plan.edges.push(Edge { from, to, label, aside: false });
            }
        }
        for _ in 0..random(4) {
            let first = random(count);
            let nodes = (first..count.min(first + 1 + random(9))).collect();
            plan.bands.push(Band { nodes, height: 30 + random(200) as i32 });
            plan.band = 120;
        }
        judge(&plan, &layout(&plan), &format!("graph {round}"));
    }
}

#[test]
fn every_step_and_every_wait_is_drawn_with_its_time() {
    let project = examples(Settings::default());
    let pictures = all_pictures(&project);
    let flows = project.model.procedures.iter().flat_map(|procedure| &procedure.cases).map(|case| &case.flow);
    let steps: usize = flows.map(|flow| flow.steps.len()).sum();
    let drawn = pictures.iter().flat_map(|picture| &picture.shapes).filter(|shape| shape.kind == Kind::Step).count();
    assert_eq!(drawn, steps);
    let building = pictures.iter().find(|picture| picture.title == "Cấp giấy phép xây dựng mới").unwrap();
    // Numbered as in the table, so that "bước 6" is found.
    let shape = |title: &str| building.shapes.iter().find(|shape| shape.title.ends_with(title)).unwrap();
    assert_eq!(shape("Ký giấy phép").title, "6. Ký giấy phép");
    let after = pictures.iter().find(|picture| picture.title.ends_with("sau khi trả kết quả")).unwrap();
    let made_known = after.shapes.iter().find(|shape| shape.title == "8. Đăng tải thông tin").unwrap();
    assert_eq!(made_known.time.as_deref(), Some("Chậm nhất 5 ngày làm việc kể từ khi xong bước 6"));
    assert_eq!(shape("Thẩm định hồ sơ").time.as_deref(), Some("5 ngày làm việc"));
    assert!(shape("Thẩm định hồ sơ").critical && !shape("Cho ý kiến về môi trường").critical);
    assert_eq!(shape("Chờ bổ sung hồ sơ").time.as_deref(), Some("tối đa 30 ngày"));
    assert_eq!(building.lanes[shape("Cho ý kiến về phòng cháy").lane], "Công an tỉnh");
    assert!(building.lines.iter().any(|line| line.back && line.label.as_deref() == Some("sửa")));
}

/// A procedure of so many steps, with clocks, waits, ways back and long words among them.
fn long(steps: usize) -> String {
    let agency = |number: usize| {
        format!(
            "cơ quan A{number} \"Cơ quan số {number} của tỉnh có tên dài\" {{ vai trò v \"Chuyên viên phòng số {number}\" }}\n"
        )
    };
    let step = |number: usize| {
        let what = match number {
            _ if number == steps => "loại: trả kết quả".to_string(),
            _ if number % 7 == 3 => format!(
                "hướng xử lý {{ đạt \"Đạt mọi yêu cầu\" -> tiếp  chưa \"Chưa đạt, làm lại\" -> quay lại bước {}, trong thời gian đã định  thôi -> kết thúc trả hồ sơ }}",
                number - 2
            ),
            _ if number % 9 == 5 => format!("quá hạn: bước {}", steps.min(number + 2)),
            _ if number % 11 == 4 => format!(
                "quá hạn: coi như xong  hướng xử lý {{ xong -> tiếp  thiếu -> chờ bổ sung tối đa 5 ngày rồi quay lại bước {number} tối đa 2 lần }}"
            ),
            _ => String::new(),
        };
        let words = if number.is_multiple_of(4) {
            "phải viết dài dòng để chữ xuống nhiều hàng liền"
        } else {
            "ngắn"
        };
        format!(
            "bước {number} \"Công việc {number} {words}\" do A{}.v trong {number},25 ngày làm việc {{ {what} }}\n",
            number * number / 3 % 6
        )
    };
    let (agencies, steps): (String, String) = ((0..6).map(agency).collect(), (1..=steps).map(step).collect());
    format!("{agencies}thủ tục t \"Thủ tục dài\" {{ cơ quan thực hiện: A0  quy trình {{\n{steps}}} }}")
}

/// What a text, or the circle of a clock, takes of the picture.
fn taken(node: roxmltree::Node) -> Option<Rect> {
    let number = |name: &str| node.attribute(name).and_then(|value| value.parse::<i32>().ok());
    match node.tag_name().name() {
        "circle" if number("r") == Some(8) => {
            Some(Rect { x: number("cx")? - 8, y: number("cy")? - 8, width: 16, height: 16 })
        }
        "text" => {
            let (size, bold) = match node.attribute("class") {
                Some("s" | "f") => (11, false),
                Some("l") => (12, true),
                Some("t") => return None,
                _ => (12, false),
            };
            let width = diagram::measure::width(node.text()?, size + u32::from(bold));
            let left = number("x")? - if node.attribute("text-anchor") == Some("middle") { width / 2 } else { 0 };
            // Letters with a hook below reach under the line of writing.
            Some(Rect { x: left, y: number("y")? - 9, width, height: 12 })
        }
        _ => None,
    }
}

#[test]
fn no_text_lies_over_another_or_under_a_clock() {
    let mut pictures = all_pictures(&examples(Settings::default()));
    for steps in [5, 60] {
        pictures.extend(all_pictures(&project(&long(steps))));
    }
    let mut clocks = 0;
    for picture in &pictures {
        judge(&picture.plan(), &picture.layout, &picture.title);
        let svg = diagram::svg::render(std::slice::from_ref(picture));
        let read = roxmltree::Document::parse(&svg).unwrap();
        let group = read.descendants().find(|node| node.tag_name().name() == "g").unwrap();
        let taken: Vec<(Rect, &str)> =
            group.children().filter_map(|node| Some((taken(node)?, node.text().unwrap_or("clock")))).collect();
        clocks += taken.iter().filter(|(_, words)| *words == "clock").count();
        for (index, (rect, words)) in taken.iter().enumerate() {
            let inside = rect.x >= 0 && rect.x + rect.width <= picture.layout.width.max(420);
            assert!(inside, "{}: {words} leaves the picture", picture.title);
            let under = taken[..index].iter().find(|(other, _)| other.overlaps(rect));
            assert!(under.is_none(), "{}: {words} and {under:?}", picture.title);
        }
    }
    assert!(clocks > 20, "{clocks}");
}

#[test]
fn a_picture_can_be_heard() {
    let pictures = all_pictures(&examples(Settings::default()));
    let building = pictures.iter().find(|picture| picture.title == "Cấp giấy phép xây dựng mới").unwrap();
    let svg = diagram::svg::render(std::slice::from_ref(building));
    let read = roxmltree::Document::parse(&svg).unwrap();
    let root = read.root_element();
    assert_eq!((root.attribute("role"), root.attribute("lang")), (Some("img"), Some("vi")));
    let text = |name: &str| root.children().find(|node| node.tag_name().name() == name).and_then(|node| node.text());
    assert_eq!(text("title"), Some("Sơ đồ: Cấp giấy phép xây dựng mới"));
    let said = text("desc").unwrap();
    let places =
        ["1. Tiếp nhận", "4 giờ làm việc (Trung tâm Hành chính công tỉnh)", "6. Ký giấy phép", "Kết thúc: trả kết quả"];
    assert!(places.map(|words| said.find(words).expect(words)).is_sorted(), "{said}");
    // Of an editor's picture each step can be chosen.
    let (svg, _) = diagram::svg::interactive(&pictures, &[]);
    assert!(!svg.contains("role=\"img\"") && svg.contains("<desc>"));
}

#[test]
fn words_of_stages_fit_in_their_bands() {
    let pictures = all_pictures(&examples(Settings::default()));
    let mut stages = 0;
    for picture in pictures.iter().filter(|picture| !picture.stages.is_empty()) {
        let svg = diagram::svg::render(std::slice::from_ref(picture));
        assert!(svg.contains(">Giai đoạn</text>"), "{}", picture.title);
        for (stage, rect) in picture.stages.iter().zip(&picture.layout.bands) {
            let words = stage.title.split_whitespace().next().unwrap();
            let inside = svg.lines().filter_map(|line| {
                let place = |name: &str| line.split(&format!(" {name}=\"")).nth(1)?.split('"').next()?.parse().ok();
                Some((place("x")?, place("y")?, line)).filter(|(x, y, _): &(i32, i32, _)| {
                    line.starts_with("<text") && *x == rect.middle() && rect.y < *y && *y < rect.y + rect.height
                })
            });
            let inside: Vec<(i32, i32, &str)> = inside.collect();
            assert!(inside.iter().any(|(.., line)| line.contains(words)), "{}: {words}", picture.title);
            assert!(stage.time.is_none() || inside.len() > 1, "{}: {words}", picture.title);
            for (_, y, line) in inside {
                let text = line.split_once('>').unwrap().1.split('<').next().unwrap();
                assert!(diagram::measure::width(text, 13) <= rect.width && rect.y + 12 <= y, "{text} is too wide");
                assert!(y + 4 <= rect.y + rect.height, "{text} is too low");
            }
            stages += 1;
        }
    }
    assert!(stages >= 5, "{stages}");
}

#[test]
fn conditions_and_used_up_turns_are_said_in_the_words_of_the_table() {
    let text = r#"cơ quan A "Sở A" { vai trò v "V" } thủ tục t "T" { cơ quan thực hiện: A
        thông tin hồ sơ { loại "Loại hồ sơ": mới "cấp mới" | lại "cấp lại"  rộng "Diện tích": số "m²"  gấp "Cần gấp": có/không }
        quy trình {
        bước 1 "Nhận" do v trong 1 ngày làm việc { rẽ nhánh {
            khi loại = mới và rộng > 500 -> bước 2
            khi không gấp                -> bước 3
            còn lại                      -> kết thúc trả hồ sơ } }
        bước 2 "Xét" do v trong 1 ngày làm việc { hướng xử lý { được -> tiếp  chưa khi loại != mới -> kết thúc trả hồ sơ } }
        bước 3 "Sửa" do v trong 1 ngày làm việc { chuyển: quay lại bước 2, tối đa 1 lần, hết lượt -> bước 4 }
        bước 4 "Trả" do v trong 1 ngày làm việc { loại: trả kết quả } } }"#;
    let pictures = all_pictures(&project(text));
    let labels: Vec<&str> = pictures[0].lines.iter().filter_map(|line| line.label.as_deref()).collect();
    for label in [
        "khi “Loại hồ sơ” là “cấp mới” và “Diện tích” > 500 m²",
        "khi không “Cần gấp”",
        "chưa, khi “Loại hồ sơ” không phải là “cấp mới”",
        "hết lượt",
    ] {
        assert!(labels.contains(&label), "{label}: {labels:?}");
        assert!(diagram::mermaid::render(&pictures).contains(&label.replace('>', "#62;")), "{label}");
        assert!(diagram::dot::render(&pictures).contains(label), "{label}");
    }
    judge(&pictures[0].plan(), &pictures[0].layout, "conditions");
}

#[test]
fn a_condition_with_a_mistake_keeps_the_words_of_the_source() {
    let text = r#"cơ quan A "Sở A" { vai trò v "V" } thủ tục t "T" { cơ quan thực hiện: A
        thông tin hồ sơ { loại "Loại hồ sơ": mới "cấp mới" | lại "cấp lại" }
        quy trình {
        bước 1 "Nhận" do v trong 1 ngày làm việc { rẽ nhánh {
            khi loại = mới và tầng > 5   -> bước 2
            khi loại thuộc { lại, cũ } -> kết thúc trả hồ sơ
            còn lại                    -> bước 2 } }
        bước 2 "Trả" do v trong 1 ngày làm việc { loại: trả kết quả } } }"#;
    let pictures = all_pictures(&project(text));
    let labels: Vec<&str> = pictures[0].lines.iter().filter_map(|line| line.label.as_deref()).collect();
    assert_eq!(labels, ["khi “Loại hồ sơ” là “cấp mới” và tầng > 5", "khi loại thuộc { lại, cũ }", "còn lại"]);
}

#[test]
fn dead_ends_are_marked() {
    let text = r#"cơ quan A { vai trò v "V" } thủ tục t "T" { cơ quan thực hiện: A  quy trình {
        bước 1 "Nhận" do v trong 1 ngày làm việc { quá hạn: bước 7  hướng xử lý {
            được -> tiếp  hỏng -> bước 9  lại -> chờ bổ sung tối đa 3 ngày rồi bước 8 } }
        bước 2 "Quên" do v trong 1 ngày làm việc } }"#;
    let pictures = all_pictures(&project(text));
    let picture = &pictures[0];
    let ends = picture.lines.iter().filter(|line| picture.shapes[line.to].kind == Kind::DeadEnd);
    let mut ends: Vec<(Option<&str>, &str)> =
        ends.map(|line| (line.label.as_deref(), picture.shapes[line.to].faulty.unwrap())).collect();
    ends.sort();
    // What is written but is not there is no way that was forgotten.
    let (unknown, forgotten) = ("nơi chuyển đến không có trong quy trình", "chưa ghi đi đâu tiếp");
    let expected = [(None, forgotten), (Some("hỏng"), unknown), (Some("lại"), unknown), (Some("quá hạn"), unknown)];
    assert_eq!(ends, expected);
    assert!(diagram::svg::render(&pictures).contains("Ngõ cụt"));
    judge(&picture.plan(), &picture.layout, "dead ends");
}

#[test]
fn what_a_file_says_is_never_markup() {
    let evil = r#"<script>alert(1)</script> &amp; ]]> \" -->|x| [a] {b} #35; %% click"#;
    let text = format!(
        r#"cơ quan A "{evil}" {{ vai trò v "{evil}" }} thủ tục t "{evil}" {{ cơ quan thực hiện: A  quy trình {{
        bước 1 "{evil}" do v trong 1 ngày làm việc {{ hướng xử lý {{ a "{evil}" -> tiếp  b -> kết thúc trả hồ sơ }} }}
        bước 2 "x" do v trong 1 ngày làm việc {{ loại: trả kết quả }} }} }}"#
    );
    let pictures = all_pictures(&project(&text));
    let svg = diagram::svg::render(&pictures);
    assert!(!svg.contains("<script") && svg.contains("&lt;script&gt;"));
    assert!(!svg.contains("&amp ") && !svg.contains("]]>"));
    let dot = diagram::dot::render(&pictures);
    for line in dot.lines() {
        let mut bare = String::new();
        let mut characters = line.chars();
        let mut inside = false;
        while let Some(c) = characters.next() {
            match c {
                '\\' => drop(characters.next()),
                '"' => inside = !inside,
                c if !inside => bare.push(c),
                _ => {}
            }
        }
        assert!(!inside && !bare.contains("script"), "{line}");
    }
    let mermaid = diagram::mermaid::render(&pictures);
    assert!(!mermaid.contains('<') && mermaid.lines().all(|line| line.matches('"').count() % 2 == 0), "{mermaid}");
}

#[test]
fn the_same_process_gives_the_same_picture() {
    let written = || {
        let pictures = all_pictures(&examples(Settings::default()));
        [diagram::svg::render(&pictures), diagram::dot::render(&pictures), diagram::mermaid::render(&pictures)]
    };
    assert_eq!(written(), written());
}

#[test]
fn stages_are_frames_in_the_frames_of_agencies() {
    let text = r#"cơ quan A "Sở A" { vai trò v "V" } thủ tục t "T" { cơ quan thực hiện: A  quy trình {
        giai đoạn I "Nhận" { thời hạn: 1 ngày làm việc  bước 1 "Một" do v trong 1 ngày làm việc { loại: tiếp nhận } }
        bước 2 "Hai" do v trong 1 ngày làm việc { loại: trả kết quả } } }"#;
    let pictures = all_pictures(&project(text));
    let dot = diagram::dot::render(&pictures);
    let frame =
        dot.find("subgraph cluster_0_0 { label=\"I. Nhận (1 ngày làm việc)\"").expect("a frame in that of the agency");
    let inside = &dot[frame..frame + dot[frame..].find("\n    }").expect("it is closed")];
    assert!(inside.contains("Một") && !inside.contains("Hai"), "{dot}");
    assert_eq!(dot.matches('{').count(), dot.matches('}').count(), "{dot}");
    let mermaid = diagram::mermaid::render(&pictures);
    let frame = mermaid.find("subgraph p1l0s0[\"I. Nhận (1 ngày làm việc)\"]").expect("a frame in that of the agency");
    let inside = &mermaid[frame..frame + mermaid[frame..].find("      end").expect("it is closed")];
    assert!(inside.contains("Một") && !inside.contains("Hai"), "{mermaid}");
    assert_eq!(mermaid.matches("subgraph ").count(), mermaid.lines().filter(|line| line.trim() == "end").count());
}
