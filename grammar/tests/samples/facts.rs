//! What stands in the samples stands in their trees.

use super::*;
use DeclarationKind as K;

#[test]
fn every_sample_is_read_without_a_problem() {
    assert!(samples().len() >= 10);
    for (name, text) in samples() {
        let tree = parse(&text);
        assert_eq!(tree.problems, [], "{name}");
        for statement in all(&tree) {
            assert!(!matches!(statement, Statement::Error(_)), "{name}: {statement:?}");
            if let Statement::Attribute(attribute) = statement {
                assert!(attribute.key.is_some() && !attribute.values.is_empty(), "{name}: {attribute:?}");
            }
        }
    }
}

#[test]
fn a_published_table() {
    let tree = sample("chủ_trương_đầu_tư");
    let procedure = declaration(&tree, K::Procedure, "chấp_thuận_chủ_trương");
    assert_eq!(
        procedure.label.as_ref().unwrap().value,
        "Chấp thuận chủ trương đầu tư thuộc thẩm quyền của UBND cấp tỉnh"
    );
    assert_eq!(
        procedure.doc.as_deref(),
        Some("Bảng đã ban hành: một dòng của bảng là một bước.\nCộng các bước phải được 17 ngày.")
    );
    assert_eq!(values(&attribute(procedure, "tiếp nhận tại")), "(TTPVHCC | TTPVHCC_xã)");
    assert_eq!(values(&attribute(procedure, "hiệu lực")), "2025-11-30..");
    assert_eq!(values(&attribute(procedure, "cách tính")), "ngày là ngày làm việc");
    assert_eq!(values(&attribute(procedure, "thời hạn")), "17 Day");

    let steps = declarations(&tree, K::Step);
    assert_eq!(names(&tree, K::Step), ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"]);
    let times = ["5/10", "25/100", "5/10", "1/4", "5/10", "7", "2", "1", "1", "5/10", "3", "5/10"];
    for (step, time) in steps.iter().zip(times) {
        assert_eq!(value(step_head(step).time.as_ref().unwrap()), format!("{time} Day"));
    }
    assert_eq!(performers(step_head(steps[11]).performers.as_ref().unwrap()), "(chuyên_viên & nơi tiếp nhận)");
    assert_eq!(values(&attribute(steps[6], "loại")), "thẩm định, dự thảo");
    assert_eq!(
        arrows(steps[0]).into_iter().map(arrow).collect::<Vec<_>>(),
        ["đầy_đủ -> next", "chưa_đủ -> end trả hồ sơ"]
    );
    assert_eq!(
        arrows(steps[9]).into_iter().map(arrow).collect::<Vec<_>>(),
        ["guarded if bước 7 Equal chưa_đủ_điều_kiện -> end trả hồ sơ", "otherwise -> next"]
    );
    let forms: Vec<_> =
        arrows(steps[0]).iter().filter_map(|arrow| arrow.block.as_ref()).map(|block| block.statements.len()).collect();
    assert_eq!(forms, [1, 1]);
}

#[test]
fn agencies_roles_calendars() {
    let tree = sample("cơ_quan");
    let agencies = ["TTHCC", "SXD", "huyện_A", "các_sở", "điện_lực", "công_an_tỉnh", "hội_đồng", "không_nhãn", "trả"];
    assert_eq!(names(&tree, K::Agency), agencies);
    assert_eq!(
        names(&tree, K::Role),
        ["một_cửa", "giám_đốc", "phó_giám_đốc", "chuyên_viên", "trưởng_phòng", "văn_thư", "nhân_viên"]
    );
    assert_eq!(names(&tree, K::Unit), ["phòng_QLXD", "văn_phòng", "tổ_số_hóa"]);
    assert_eq!(names(&tree, K::Form), ["bm_01", "bm_02"]);
    let Head::Import(paths) = &declarations(&tree, K::Import)[0].head else { panic!() };
    assert_eq!(
        paths.iter().map(|path| path.value.as_str()).collect::<Vec<_>>(),
        ["chung/quốc-gia.tthc", "chung/vùng.tthc"]
    );

    let sxd = declaration(&tree, K::Agency, "SXD");
    assert_eq!(sxd.doc.as_deref(), Some("Sở có phòng, phòng có vai trò."));
    let Head::Posting { who, to } = &declarations(&tree, K::Posting)[0].head else { panic!() };
    assert_eq!(
        (who[0].text(), who[1].text(), to.text()),
        ("phòng_QLXD.chuyên_viên".into(), "phó_giám_đốc".into(), "TTHCC".into())
    );
    let delegations = declarations(&tree, K::Delegation);
    let Head::Substitution { who, replaces, at } = &delegations[0].head else { panic!() };
    assert_eq!(
        (who.text(), replaces.text(), at.as_ref().unwrap().text()),
        ("phó_giám_đốc".into(), "giám_đốc".into(), "TTHCC".into())
    );
    assert_eq!(values(&attribute(delegations[0], "phạm vi")), "thẩm định, phê duyệt");
    assert_eq!(values(&attribute(delegations[0], "hiệu lực")), "2020-3-1..2020-12-31");
    assert!(delegations[1].block.is_none());
    assert_eq!(declarations(&tree, K::Assignment).len(), 1);

    let calendars = declarations(&tree, K::Calendar);
    assert_eq!(names(&tree, K::Calendar), ["-", "hành_chính"]);
    assert_eq!(values(&attribute(calendars[0], "giờ làm việc")), "450..690, 810..1020");
    assert_eq!(values(&attribute(calendars[1], "nghỉ hằng tuần")), "chủ nhật");
    assert_eq!(values(&attribute(calendars[1], "ngày nghỉ")), "2025-4-30, 2025-5-1, 2025-9-2");
    assert_eq!(values(&attribute(calendars[1], "có dữ liệu")), "2025-1-1..2026-12-31");
    assert_eq!(values(&attribute(declarations(&tree, K::Defaults)[0], "trực tuyến")), "toàn trình");
}

#[test]
fn the_long_example() {
    let tree = sample("cấp_phép_xây_dựng");
    let procedure = declaration(&tree, K::Procedure, "cấp_phép_xây_dựng");
    let limits: Vec<_> = attributes(procedure, "thời hạn").iter().map(values).collect();
    assert_eq!(
        limits,
        [
            "20 WorkingDay",
            "12 WorkingDay if (công_trình Equal nhà_ở và không gần_sân_bay và diện_tích AtMost 10000e-0)"
        ]
    );
    let share = attribute(procedure, "phần của");
    assert_eq!((share.argument.as_ref().unwrap().text(), values(&share)), ("STNMT".into(), "5 WorkingDay".into()));
    assert_eq!(values(&attribute(procedure, "lệ phí")), "150000 đồng");
    assert_eq!(values(&attribute(procedure, "4 tại chỗ")), "rà soát");
    assert_eq!(values(&attribute(procedure, "cơ quan phối hợp")), "(STNMT & CAT)");

    let papers: Vec<_> = statements(declarations(&tree, K::Papers)[0]).to_vec();
    let Statement::Paper(paper) = &papers[0] else { panic!() };
    assert_eq!(paper.title.value, "Đơn đề nghị cấp giấy phép xây dựng");
    assert_eq!((papers.len(), paper.block.as_ref().unwrap().statements.len()), (3, 2));
    let fields = statements(declarations(&tree, K::Fields)[0]);
    let kinds: Vec<_> = fields
        .iter()
        .map(|field| match field {
            Statement::Field(field) => match field.kind.as_ref().unwrap() {
                FieldKind::Flag => format!("{}: flag", field.name.text),
                FieldKind::Number(unit) => {
                    format!("{}: number {}", field.name.text, unit.as_ref().map_or("-", |unit| &unit.value))
                }
                FieldKind::Values(values) => format!("{}: {}", field.name.text, values.len()),
            },
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(kinds, ["công_trình: 3", "diện_tích: number m²", "gần_sân_bay: flag", "số_tầng: number -"]);

    assert_eq!(
        names(&tree, K::Step),
        ["tiếp_nhận", "thẩm_định", "ý_kiến_stnmt", "ý_kiến_cat", "dự_thảo", "ký", "trả", "đăng_tải"]
    );
    let received = declaration(&tree, K::Step, "tiếp_nhận");
    assert_eq!(
        arrow(arrows(received)[1]),
        "thiếu “Hồ sơ chưa đầy đủ” -> wait supplement 30 Day then back tiếp_nhận ×1 anew"
    );
    let electronic = declarations(&tree, K::Electronic)[0];
    assert_eq!(values(&attribute(electronic, "trạng thái")), "2");
    assert_eq!(values(&attribute(electronic, "ký số")), "không");
    assert_eq!(values(&attribute(electronic, "thông báo")), "(sms & email)");
    assert_eq!(arrow(arrows(declaration(&tree, K::Step, "ký"))[1]), "sửa -> back dự_thảo set");
    assert_eq!(values(&attribute(declaration(&tree, K::Step, "ý_kiến_stnmt"), "quá hạn")), "as agreed");
    assert_eq!(values(&attribute(declaration(&tree, K::Step, "đăng_tải"), "chậm nhất")), "5 WorkingDay since ký");
    let parallel = declaration(&tree, K::Parallel, "lấy_ý_kiến");
    assert!(matches!(parallel.head, Head::Join(Join::All)));
    assert!(step_head(declaration(&tree, K::Step, "trả")).uncounted.is_some());
    assert_eq!(
        performers(step_head(declaration(&tree, K::Step, "dự_thảo")).performers.as_ref().unwrap()),
        "phòng_QLXD.chuyên_viên@TTHCC"
    );
}

#[test]
fn stages_cases_shared_processes() {
    let tree = sample("giai_đoạn");
    assert_eq!(names(&tree, K::Stage), ["I", "ký_xã", "II"]);
    assert_eq!(names(&tree, K::SharedProcess), ["công_nhận", "rút_gọn"]);
    assert_eq!(names(&tree, K::Case), ["có_hội_đồng", "không_hội_đồng", "khẩn"]);
    assert_eq!(names(&tree, K::Step)[..7], ["1", "2", "3", "3.1", "1", "2", "3"]);
    let nested = declaration(&tree, K::Stage, "ký_xã");
    assert!(
        statements(declaration(&tree, K::Stage, "I"))
            .iter()
            .any(|statement| matches!(statement, Statement::Declaration(inner) if inner.span == nested.span))
    );
    let assess = declarations(&tree, K::Step)[5];
    assert_eq!(value(step_head(assess).time.as_ref().unwrap()), "1/2 WorkingDay + 2 WorkingHour");
    assert_eq!(values(&attribute(assess, "chậm nhất")), "12 Hour since 1");
    assert!(values(&attribute(assess, "nội dung")).contains("có \"ngoặc kép\" và dấu \\ ở trong."));
    assert_eq!(arrow(arrows(assess)[1]), "không_đạt “Không đạt” -> back I.2 ×2 else end từ chối giải quyết");
    let back = &arrows(assess)[1].target.as_ref().unwrap().core;
    assert!(matches!(back, TargetCore::Back(path, _) if path.step && path.segments.len() == 2));
    let last = declarations(&tree, K::Step)[6];
    assert_eq!(performers(step_head(last).performers.as_ref().unwrap()), "((một_cửa | văn_thư) & nơi tiếp nhận)");
    assert_eq!(values(&attribute(last, "thời gian")), "unstated");
    let Head::Guard(of_case) = &declaration(&tree, K::Case, "không_hội_đồng").head else { panic!() };
    assert_eq!(guard(of_case), "(cần_hội_đồng Equal không và quy_mô NotEqual lớn)");
    let case = declaration(&tree, K::Case, "không_hội_đồng");
    assert_eq!(values(&attribute(case, "quy trình")), "rút_gọn");
    assert_eq!(values(&attribute(declarations(&tree, K::Step)[9], "chuyển")), "back 2 ×1");
    assert_eq!(values(&attribute(declarations(&tree, K::Step)[10], "kết thúc")), "end trả kết quả");
    assert_eq!(
        values(&attribute(declaration(&tree, K::SharedProcess, "công_nhận"), "tiếp nhận sau 15 giờ")),
        "tính từ ngày làm việc tiếp theo"
    );
}

#[test]
fn shared_parts_and_calls() {
    let tree = sample("phần_dùng_chung");
    let parts = declarations(&tree, K::Part);
    let parameters: Vec<usize> =
        parts.iter().map(|part| if let Head::Parameters(names) = &part.head { names.len() } else { 9 }).collect();
    assert_eq!(parameters, [3, 0, 0]);
    let sign = declarations(&tree, K::Step)[0];
    assert_eq!(performers(step_head(sign).performers.as_ref().unwrap()), "cơ_quan.người_ký");
    assert_eq!(value(step_head(sign).time.as_ref().unwrap()), "parameter hạn");
    assert_eq!(arrow(arrows(sign)[1]), "trả_lại “Yêu cầu sửa” -> back soạn each 1 WorkingDay");
    let inserts: Vec<_> = declarations(&tree, K::Insert)
        .iter()
        .map(|insert| {
            let Head::Insert { arguments, alias } = &insert.head else { panic!() };
            let arguments: Vec<_> = arguments
                .iter()
                .map(|argument| match argument {
                    Argument::Path(path) => path.text(),
                    Argument::Amount(found) => amount(found),
                    Argument::Text(text) => format!("“{}”", text.value),
                })
                .collect();
            format!(
                "{}({}) {}",
                insert.name.as_ref().unwrap().text,
                arguments.join(", "),
                alias.as_ref().map_or("", |name| &name.text)
            )
        })
        .collect();
    assert_eq!(
        inserts,
        [
            "số_hóa() ",
            "thu_phí() ",
            "ký_và_trả(STNMT, giám_đốc, 1 WorkingDay) ký",
            "ký_nhanh(“lý do”, phòng_A.chuyên_viên) ",
            "ký_và_trả(STNMT, giám_đốc, 2 WorkingDay + 4 WorkingHour) ký",
        ]
    );
    let calls = declarations(&tree, K::Call);
    let Head::Mapping(pairs) = &calls[0].head else { panic!() };
    assert_eq!(
        pairs.iter().map(|(own, theirs)| format!("{}={}", own.text, theirs.text)).collect::<Vec<_>>(),
        ["vốn=vốn", "nhóm=loại_mỏ"]
    );
    assert_eq!(
        arrows(calls[0]).into_iter().map(arrow).collect::<Vec<_>>(),
        [
            "end trả kết quả -> next",
            "end từ chối giải quyết “Bị từ chối” -> end từ chối giải quyết",
            "end trả hồ sơ -> back 1 ×1 else end dừng xử lý",
            "end rút hồ sơ -> end rút hồ sơ",
        ]
    );
    assert!(calls[1].block.is_none());
}

#[test]
fn parallel_blocks_and_waits() {
    let tree = sample("song_song");
    assert_eq!(names(&tree, K::Branch), ["thẩm_định", "tài_chính", "ý_kiến", "a", "b"]);
    let joins: Vec<_> =
        declarations(&tree, K::Parallel).iter().map(|parallel| format!("{:?}", parallel.head)).collect();
    assert_eq!(joins, ["Join(AtLeast(2))", "Join(All)"]);
    let of = |name: &str| arrows(declaration(&tree, K::Step, name)).into_iter().map(arrow).collect::<Vec<_>>();
    assert_eq!(
        of("1"),
        [
            "đủ -> II",
            "thiếu -> wait supplement then back 1 ×2 else end trả hồ sơ",
            "cần_giải_trình -> wait “Chờ người nộp giải trình” 10 Day then next",
        ]
    );
    assert_eq!(
        of("xét"),
        [
            "được -> next",
            "không_được -> all end từ chối giải quyết",
            "xét_lại -> back xét ×3 each 2 WorkingDay",
            "xét_kỹ -> back xét each 5 WorkingDay in all",
        ]
    );
    assert_eq!(of("ký")[1], "trả_lại -> back trình ×2 else 3 anew");
    assert_eq!(of("nộp"), ["đã_nộp if event chứng từ nộp thuế -> next"]);
    let overdue = |name: &str| values(&attribute(declaration(&tree, K::Step, name), "quá hạn"));
    assert_eq!(overdue("xác_định"), "as đã_xác_định");
    assert_eq!(overdue("nộp"), "end dừng xử lý");
    assert_eq!(overdue("hỏi_a"), "remind");
    assert_eq!(overdue("hỏi_b"), "back hỏi_b ×1");
    let procedure = declaration(&tree, K::Procedure, "giao_đất");
    assert_eq!(values(&attribute(procedure, "thời hạn")), "20 WorkingDay + 1 Month");
    let last = step_head(declaration(&tree, K::Step, "3"));
    assert_eq!(performers(last.performers.as_ref().unwrap()), "(STNMT & UBND_xã@thực_địa)");
    assert_eq!(
        step_head(declaration(&tree, K::Step, "lưu")).uncounted.as_ref().unwrap().reason.as_ref().unwrap().value,
        "Sau khi trả kết quả"
    );
}

#[test]
fn guards_bind_as_they_are_read() {
    let tree = sample("điều_kiện");
    let limits: Vec<_> =
        attributes(declaration(&tree, K::Procedure, "điều_kiện"), "thời hạn").iter().map(values).collect();
    assert_eq!(
        limits,
        [
            "30 Day",
            "20 Day if (quy_mô in vừa,nhỏ và không gần_sông)",
            "10 Day if (không (quy_mô Equal lớn hoặc vốn AtLeast 1500000000e-0) và diện_tích Less 150025e-2)",
        ]
    );
    let of = |name: &str| arrows(declaration(&tree, K::Step, name)).into_iter().map(arrow).collect::<Vec<_>>();
    assert_eq!(
        of("1"),
        [
            "đồng_ý if quy_mô Equal nhỏ -> 4",
            "đồng_ý if quy_mô NotEqual nhỏ -> next",
            "không_đồng_ý “Không đồng ý” if gần_sông Equal không -> end từ chối tiếp nhận",
            "trả -> end trả hồ sơ",
        ]
    );
    assert_eq!(
        of("2"),
        [
            "guarded if ((không gần_sông và không vốn Greater 5000000e-0) hoặc loại Equal mới) -> 4",
            "guarded if (gần_sông Equal có và (quy_mô Equal lớn hoặc quy_mô Equal vừa)) -> 3",
            "guarded if (bước 1 Equal đồng_ý và mã NotEqual A1 và vốn AtLeast 1e-0 và vốn AtMost 2e-0) -> ký",
            "guarded if gần_sông -> ký",
            "guarded if bước 1 in đồng_ý,trả -> ký",
            "guarded if (gần_sông NotEqual không hoặc loại in mới,gia_hạn) -> ký",
            "otherwise -> next",
        ]
    );
    assert_eq!(of("3")[1], "quá_lâu if (event thông báo của \"Thuế\" và không gần_sông) -> end dừng xử lý");
    assert_eq!(of("hạn")[0], "guarded if (ký Equal duyệt hoặc bước ký Equal sửa) -> end trả kết quả");
    assert_eq!(names(&tree, K::Step), ["1", "2", "3", "4", "ký", "hạn"]);
    let fields = statements(declarations(&tree, K::Fields)[0]);
    assert!(matches!(&fields[5], Statement::Field(field) if field.name.text == "mã"));
}

#[test]
fn several_statements_on_a_line_and_one_over_several() {
    let tree = sample("một_dòng");
    assert_eq!(names(&tree, K::Agency), ["A", "B"]);
    assert_eq!(names(&tree, K::Form), ["m1", "m2"]);
    assert_eq!(names(&tree, K::Procedure), ["gộp", "tách_dòng", "cuối"]);
    assert_eq!(names(&tree, K::Step), ["1", "2", "3", "1", "2", "2a", "3"]);
    let procedure = declaration(&tree, K::Procedure, "gộp");
    assert_eq!(procedure.doc.as_deref(), Some("Tài liệu của thủ tục."));
    assert_eq!(values(&attribute(procedure, "cơ quan thực hiện")), "trả", "no “trả kết quả” with the key behind it");
    assert_eq!(values(&attribute(procedure, "kết quả")), "“Giấy phép”");
    let split = declaration(&tree, K::Procedure, "tách_dòng");
    assert_eq!(split.label.as_ref().unwrap().value, "Nhãn ở dòng sau");
    assert_eq!(values(&attribute(split, "cơ quan phối hợp")), "(A & B & C)");
    assert_eq!(values(&attribute(split, "căn cứ")), "“Luật A”, “Luật B”");
    assert_eq!(values(&attribute(split, "thời hạn")), "2 Day + 4 Hour + 15 Minute");
    let long = declarations(&tree, K::Step)[3];
    assert_eq!(performers(step_head(long).performers.as_ref().unwrap()), "(A.x@B “Chuyên viên” & A.y)");
    assert_eq!(values(&attribute(long, "loại")), "thẩm định, dự thảo");
    assert_eq!(values(&attribute(long, "phí")), "3000000 đồng");
    assert_eq!(values(&attribute(long, "đối tượng")), "“Cá nhân”, “Tổ chức”");
    assert!(
        matches!(&statements(declarations(&tree, K::Step)[5])[0], Statement::Uncounted(found) if found.reason.as_ref().unwrap().value == "Chờ dân")
    );
    assert_eq!(declaration(&tree, K::Procedure, "cuối").doc, None, "four slashes are a plain comment");
    assert_eq!(tree.comments.iter().filter(|comment| comment.kind == CommentKind::Block).count(), 4);
}

#[test]
fn keywords_without_diacritics() {
    let tree = sample("không_dấu");
    assert_eq!(names(&tree, K::Step), ["so", "1", "1", "2", "3", "4", "5", "6"]);
    assert_eq!(names(&tree, K::Agency), ["TTHCC"]);
    let first = declarations(&tree, K::Step)[2];
    assert_eq!(performers(step_head(first).performers.as_ref().unwrap()), "nơi tiếp nhận");
    assert_eq!(arrow(arrows(first)[1]), "thieu -> wait supplement 30 Day then back 1 ×1 anew");
    assert_eq!(arrow(arrows(first)[2]), "trai -> end từ chối tiếp nhận");
    assert_eq!(values(&attribute(declarations(&tree, K::Electronic)[0], "trạng thái")), "được tiếp nhận");
    let signing = declarations(&tree, K::Step)[5];
    assert_eq!(
        arrows(signing).into_iter().map(arrow).collect::<Vec<_>>(),
        ["guarded if (bước 1 Equal du hoặc loai_1 in lon,nho) -> back 1 set", "otherwise -> all end dừng xử lý"]
    );
    assert_eq!(values(&attribute(declarations(&tree, K::Step)[6], "thời gian")), "unstated");
    assert_eq!(values(&attribute(declarations(&tree, K::Step)[7], "chậm nhất")), "5 Day since reception");
    let procedure = declaration(&tree, K::Procedure, "vi_du");
    assert_eq!(values(&attribute(procedure, "lệ phí")), "150000 đồng");
    assert_eq!(values(&attribute(procedure, "thời hạn")), "20 Day if (loai_1 Equal lon và không gan)");
}

#[test]
fn a_long_printed_table() {
    let tree = sample("bảng_in");
    assert_eq!(names(&tree, K::Stage), ["I", "II"]);
    assert_eq!(names(&tree, K::Step).len(), 12);
    let second = declaration(&tree, K::Stage, "II");
    assert_eq!(
        statements(second)
            .iter()
            .filter(|statement| matches!(statement, Statement::Declaration(step) if step.kind == K::Step))
            .count(),
        6
    );
    assert_eq!(
        values(&attribute(declarations(&tree, K::Step)[0], "thực hiện")),
        "nơi tiếp nhận “Công chức tại Trung tâm Phục vụ hành chính công cấp xã”"
    );
    assert_eq!(
        arrow(arrows(declarations(&tree, K::Step)[11])[0]),
        "guarded if bước II.3 Equal không_đủ -> end từ chối giải quyết"
    );
    assert_eq!(values(&attribute(declaration(&tree, K::Procedure, "trợ_cấp_một_lần"), "lệ phí")), "“Không”");
}
