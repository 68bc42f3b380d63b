//! `tthc doc`

use crate::{GOOD, Place, but};
use std::fs;
use std::io::Read;

/// A second procedure.
fn another() -> String {
    let text = but(GOOD, "thủ tục cấp_phép \"Cấp giấy phép\"", "thủ tục cấp_lại \"Cấp lại\"");
    but(&text, "1.009974", "1.009975")
}

fn bytes(place: &Place, path: &str) -> Vec<u8> {
    fs::read(place.path(path)).unwrap()
}

#[test]
fn writes_the_table_the_notes_and_the_diagram() {
    let place = Place::with("cấp_phép.tthc", GOOD);
    let run = place.tthc(&["doc", "--out", "ra"]);
    assert_eq!((run.status, run.out.as_str()), (0, ""), "{}", run.err);
    assert_eq!(place.names("ra"), ["cấp_phép.html"], "one procedure needs no table of contents");
    let page = place.read("ra/cấp_phép.html");
    let row = "<tr><td>1</td><td>Tiếp nhận hồ sơ</td><td>Chuyên viên</td><td>1 ngày làm việc</td><td></td></tr>";
    assert!(page.contains(row), "{page}");
    assert!(page.contains("<td class=\"total\" colspan=\"2\">3 ngày làm việc</td>"), "{page}");
    assert!(page.contains("- Chưa đủ: kết thúc, trả hồ sơ"), "{page}");
    assert!(page.contains("<svg ") && !page.contains("<script") && !page.contains("src="), "{page}");
}

/// For those who hear the page, and for print.
#[test]
fn heads_and_diagrams_say_what_they_are() {
    let place = Place::empty();
    let example = format!("{}/examples/thủ_tục/cấp_phép_xây_dựng.tthc", env!("CARGO_MANIFEST_DIR"));
    let run = place.tthc(&["doc", &example, "--out", "ra"]);
    assert_eq!(run.status, 0, "{}", run.err);
    let page = place.read("ra/cấp_phép_xây_dựng.html");
    assert!(page.contains("<html lang=\"vi\">"), "{page}");
    let heads: Vec<&str> = page.split("<th").skip(1).filter(|rest| !rest.starts_with("ead")).collect();
    assert!(heads.len() > 20 && heads.iter().all(|head| head.starts_with(" scope=\"")), "{heads:?}");
    assert!(page.contains("<th scope=\"row\">Mã thủ tục</th>"), "{page}");
    let figures: Vec<&str> = page.split("<figure>").skip(1).collect();
    assert_eq!(figures.len(), 2);
    for figure in figures {
        let mut drawings = figure.split("<svg ").skip(1);
        let first = drawings.next().unwrap();
        assert!(first.contains("role=\"img\" aria-label=\"Sơ đồ: Cấp giấy phép xây dựng mới"), "{first}");
        // The other pieces show more of the same, and say nothing again.
        let id = first.split("<g id=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        let used = format!("<use href=\"#{id}\"/>");
        assert!(drawings.all(|piece| piece.contains("aria-hidden=\"true\"") && piece.contains(&used)), "{figure}");
    }
    assert!(page.contains("<section class=\"wide\">") && page.contains("@page wide{size:A4 landscape"), "{page}");
}

#[test]
fn fees_are_figures_or_words() {
    let fees = "  phí: \"Theo Nghị quyết của Hội đồng nhân dân\"\n  lệ phí: 150.000 đồng\n  quy trình {";
    let place = Place::with("cấp_phép.tthc", &but(GOOD, "  quy trình {", fees));
    assert_eq!(place.tthc(&["doc", "--out", "ra"]).status, 0);
    let page = place.read("ra/cấp_phép.html");
    assert!(page.contains("Theo Nghị quyết của Hội đồng nhân dân") && page.contains("150.000 đồng"), "{page}");
    let place = Place::with("cấp_phép.tthc", &but(GOOD, "  quy trình {", "  phí: 1.200.000 đồng\n  quy trình {"));
    assert_eq!(place.tthc(&["build", "--out", "ra"]).status, 0);
    let definition: serde_json::Value = serde_json::from_str(&place.read("ra/cấp_phép.json")).unwrap();
    assert_eq!(definition["procedure"]["fee"], 1_200_000);
}

/// The formats with the end of the names of their files.
const FORMATS: [&str; 2] = ["html", "docx"];

#[test]
fn the_same_input_gives_the_same_bytes() {
    for format in FORMATS {
        let place = Place::with("a.tthc", GOOD);
        place.write("b.tthc", another());
        for out in ["một", "hai"] {
            assert_eq!(place.tthc(&["doc", "--format", format, "--out", out]).status, 0);
            // What writes the time of day writes even seconds.
            std::thread::sleep(std::time::Duration::from_millis(2100));
        }
        assert_eq!(place.tthc(&["doc", "b.tthc", "--format", format, "--out", "ba"]).status, 0);
        let [first, again, alone] = ["một", "hai", "ba"].map(|out| bytes(&place, &format!("{out}/cấp_lại.{format}")));
        assert!(first == again, "{format}: another run");
        assert!(first == alone, "{format}: whatever is written beside it");
        let [first, again] = ["một", "hai"].map(|out| bytes(&place, &format!("{out}/danh mục.{format}")));
        assert!(first == again, "{format}: all together");
    }
}

/// The text of a file in a DOCX.
fn part(docx: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(docx)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// How wide a drawing is, and the numbers at lines that go on beside.
fn drawing(of: roxmltree::Node) -> (i64, Vec<u32>) {
    let extent = of.descendants().find(|node| node.tag_name().name() == "extent").unwrap();
    let shapes = of.descendants().filter(|node| node.tag_name().name() == "wsp");
    let is_circle = |node: &roxmltree::Node| node.descendants().any(|of| of.attribute("prst") == Some("ellipse"));
    let words = |node: roxmltree::Node| {
        node.descendants().filter(|of| of.is_text()).filter_map(|of| of.text().map(String::from)).collect::<String>()
    };
    let numbers = shapes.filter(is_circle).filter_map(|node| words(node).trim().parse().ok());
    (extent.attribute("cx").unwrap().parse().unwrap(), numbers.collect())
}

#[test]
fn a_wide_diagram_is_cut_into_even_parts_with_numbers_from_one() {
    let place = Place::empty();
    let example = format!("{}/examples/thủ_tục/cấp_phép_xây_dựng.tthc", env!("CARGO_MANIFEST_DIR"));
    let run = place.tthc(&["doc", &example, "--format", "docx", "--out", "ra"]);
    assert_eq!(run.status, 0, "{}", run.err);
    let xml = part(&bytes(&place, "ra/cấp_phép_xây_dựng.docx"), "word/document.xml");
    // The heading of a branch stays with its first step.
    let heading = xml.split("Nhánh: Môi trường").next().and_then(|before| before.rsplit("<w:p ").next()).unwrap();
    assert!(heading.contains("<w:keepNext"), "{heading}");
    let read = roxmltree::Document::parse(&xml).unwrap();
    let all: Vec<(i64, Vec<u32>)> =
        read.descendants().filter(|node| node.tag_name().name() == "drawing").map(drawing).collect();
    // The last one is that of the step after the result.
    let (_, cut) = all.split_last().unwrap();
    assert!((2..=6).contains(&cut.len()), "{}", cut.len());
    let widest = cut.iter().map(|(width, _)| *width).max().unwrap();
    assert!(cut.iter().all(|(width, _)| *width * 2 >= widest), "{all:?}");
    // Each number stands at both sides of a cut; a new one is that which comes next.
    let mut known = 0;
    for number in cut.iter().flat_map(|(_, numbers)| numbers) {
        assert!(*number <= known + 1, "{number} after {known}: {all:?}");
        known = known.max(*number);
    }
    let times = |number: u32| cut.iter().flat_map(|(_, numbers)| numbers).filter(|known| **known == number).count();
    assert!(known > 2 && (1..=known).all(|number| times(number) >= 2), "{all:?}");
}

#[test]
fn a_folder_has_a_table_of_contents() {
    let place = Place::with("a.tthc", GOOD);
    place.write("b.tthc", another());
    assert_eq!(place.tthc(&["doc", "--out", "ra"]).status, 0);
    assert_eq!(place.names("ra"), ["cấp_lại.html", "cấp_phép.html", "danh mục.html"]);
    let page = place.read("ra/danh mục.html");
    for id in ["cấp_phép", "cấp_lại"] {
        assert!(page.contains(&format!("<a href=\"#tt-{id}\">")), "{page}");
        assert!(page.contains(&format!("<article id=\"tt-{id}\"")), "{page}");
    }
}

#[test]
fn nothing_is_written_for_a_procedure_with_errors() {
    let place = Place::with("a.tthc", GOOD);
    place.write("b.tthc", but(GOOD, "do chuyên_viên trong 1", "do chuyên_gia trong 1"));
    let run = place.tthc(&["doc", "--out", "ra"]);
    assert_eq!(run.status, 1, "{}", run.err);
    assert!(run.err.contains("T101"), "{}", run.err);
    assert_eq!(place.names("ra"), ["cấp_phép.html"]);
    assert_eq!(place.tthc(&["doc", "b.tthc", "--out", "không"]).status, 1);
    assert!(!place.path("không").exists());
}

#[test]
fn texts_are_no_markup() {
    let place = Place::with("a.tthc", &but(GOOD, "\"Cấp giấy phép\"", "\"Cấp <script>&\\\" 'phép'\""));
    assert_eq!(place.tthc(&["doc", "--out", "ra"]).status, 0);
    let page = place.read("ra/cấp_phép.html");
    assert!(page.contains("Cấp &lt;script&gt;&amp;&quot; &#39;phép&#39;") && !page.contains("<script"), "{page}");
}
