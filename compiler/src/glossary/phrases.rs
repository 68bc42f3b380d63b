//! What the values of closed lists say.

use super::{Entry, entry};
use tthc_grammar::keywords::Key;
use tthc_grammar::tree::DeclarationKind;

const STEP_KINDS: &[Entry] = &[
    entry("tiếp nhận", "Kiểm tra, tiếp nhận hồ sơ.", "Checks and receives the dossier."),
    entry("chuyển hồ sơ", "Chuyển hồ sơ giữa các nơi.", "Passes the dossier on."),
    entry("phân công", "Phân công người giải quyết.", "Assigns who handles it."),
    entry("thẩm định", "Thẩm định, thẩm tra, thụ lý.", "Examines the dossier."),
    entry("kiểm tra thực tế", "Kiểm tra, xác minh ngoài trụ sở.", "Inspects on the spot."),
    entry("lấy ý kiến", "Cơ quan khác có ý kiến.", "Another agency gives its opinion."),
    entry("hội đồng", "Họp hội đồng.", "A council meets."),
    entry("dự thảo", "Dự thảo văn bản.", "Drafts the paper."),
    entry("xem xét", "Xem xét, ký nháy.", "Looks it over and initials it."),
    entry("trình ký", "Trình người có thẩm quyền ký.", "Puts it before whoever signs."),
    entry(
        "ký duyệt",
        "Ký một văn bản trung gian (công văn, tờ trình), không phải kết quả.",
        "Signs an intermediate paper, not the result.",
    ),
    entry(
        "phê duyệt",
        "Quyết định kết quả của thủ tục; người làm phải có thẩm quyền ký.",
        "Decides on the result; whoever does it must have the authority to sign.",
    ),
    entry("đóng dấu", "Lấy số, đóng dấu, ký số của cơ quan.", "Numbers and stamps the paper."),
    entry("phát hành", "Phát hành văn bản.", "Issues the paper."),
    entry("thu phí", "Thu phí, lệ phí.", "Takes fees and charges."),
    entry("nghĩa vụ tài chính", "Người nộp thực hiện nghĩa vụ tài chính.", "The applicant pays what is due."),
    entry("bổ sung", "Người nộp bổ sung, giải trình.", "The applicant completes the dossier."),
    entry("thông báo", "Thông báo cho người nộp.", "Tells the applicant."),
    entry(
        "trả kết quả",
        "Trả kết quả; là bước cuối thì thủ tục kết thúc ở đây.",
        "Returns the result; as the last step it ends the procedure.",
    ),
    entry("khác", "Việc khác.", "Other work."),
];

const AGENCY_KINDS: &[Entry] = &[
    entry("cơ quan nhà nước", "Sở, UBND, văn phòng.", "A department, a people's committee, an office."),
    entry("đơn vị sự nghiệp", "Trung tâm, bệnh viện, trường học.", "A centre, a hospital, a school."),
    entry(
        "ngành dọc",
        "Cơ quan trung ương đặt tại địa phương: công an, thuế.",
        "A central agency's local body: police, tax.",
    ),
    entry("doanh nghiệp", "Điện lực, bưu điện.", "A company: electricity, post."),
    entry("hội đồng", "Hội đồng thẩm định, hội đồng tư vấn.", "An examining or advising council."),
    entry(
        "nhóm cơ quan",
        "Nhiều cơ quan có chung một thời hạn; tất cả cùng trả lời.",
        "Several agencies with one deadline; all of them answer.",
    ),
];

const ENDS: &[Entry] = &[
    entry(
        "trả kết quả",
        "Thủ tục được giải quyết, kết quả được trả.",
        "It was granted or decided, and the result is returned.",
    ),
    entry("trả hồ sơ", "Trả lại để người nộp hoàn thiện.", "The dossier is handed back to be completed."),
    entry("từ chối tiếp nhận", "Hồ sơ không được tiếp nhận.", "The dossier is not received."),
    entry("từ chối giải quyết", "Hồ sơ không đủ điều kiện.", "The dossier does not meet the conditions."),
    entry("rút hồ sơ", "Người nộp rút hồ sơ.", "The applicant withdraws the dossier."),
    entry("dừng xử lý", "Việc giải quyết dừng lại.", "The handling stops."),
];

const STATUSES: &[Entry] = &[
    entry("mới đăng ký", "Trạng thái 1: hồ sơ vừa được nộp, chưa ai nhận.", "Status 1: handed in, not received yet."),
    entry("được tiếp nhận", "Trạng thái 2: hồ sơ đã được tiếp nhận.", "Status 2: received."),
    entry("không được tiếp nhận", "Trạng thái 3: hồ sơ bị từ chối tiếp nhận.", "Status 3: not received."),
    entry("đang xử lý", "Trạng thái 4: hồ sơ đang được giải quyết.", "Status 4: being handled."),
    entry(
        "yêu cầu bổ sung giấy tờ",
        "Trạng thái 5: chờ người nộp bổ sung giấy tờ.",
        "Status 5: the applicant is to complete the papers.",
    ),
    entry(
        "yêu cầu thực hiện nghĩa vụ tài chính",
        "Trạng thái 6: chờ người nộp trả tiền.",
        "Status 6: the applicant is to pay.",
    ),
    entry(
        "công dân yêu cầu rút hồ sơ",
        "Trạng thái 7: người nộp muốn rút hồ sơ.",
        "Status 7: the applicant wants to withdraw.",
    ),
    entry("dừng xử lý", "Trạng thái 8: việc giải quyết đã dừng.", "Status 8: the handling has stopped."),
    entry("đã xử lý xong", "Trạng thái 9: đã có kết quả, chưa trả.", "Status 9: there is a result, not returned yet."),
    entry("đã trả kết quả", "Trạng thái 10: kết quả đã được trả.", "Status 10: the result is returned."),
];

const LEVELS: &[Entry] = &[
    entry("tỉnh", "Cấp tỉnh, thành phố trực thuộc trung ương.", "The province or city."),
    entry("huyện", "Cấp huyện; không còn từ ngày 01/07/2025.", "The district; gone since 1 July 2025."),
    entry("xã", "Cấp xã, phường, đặc khu.", "The commune or ward."),
    entry("trung ương", "Bộ, cơ quan ngang bộ.", "A ministry."),
    entry("khác", "Không thuộc cấp nào, như doanh nghiệp.", "None of these, as a company."),
];

const ONLINE: &[Entry] = &[
    entry("một phần", "Một số bước phải làm trực tiếp.", "Some of it is done in person."),
    entry("toàn trình", "Mọi việc làm được trực tuyến.", "All of it is done online."),
    entry(
        "mức 2",
        "Cách gọi trước năm 2022: tải mẫu về được.",
        "As it was called before 2022: forms can be downloaded.",
    ),
    entry(
        "mức 3",
        "Cách gọi trước năm 2022: nộp trực tuyến được.",
        "As it was called before 2022: one can apply online.",
    ),
    entry(
        "mức 4",
        "Cách gọi trước năm 2022: nộp, trả tiền và nhận kết quả trực tuyến được.",
        "As it was called before 2022: applying, paying and the result are online.",
    ),
];

const ON_SITE: &[Entry] = &[entry(
    "rà soát",
    "Chương trình xét và báo lại đã đạt hay chưa, vì sao.",
    "The program looks into it and reports whether it holds, and why not.",
)];

const RECKONING: &[Entry] = &[
    entry("ngày là ngày làm việc", "Ở đây `ngày` nghĩa là ngày làm việc.", "Here `ngày` means working days."),
    entry("giờ là giờ làm việc", "Ở đây `giờ` nghĩa là giờ làm việc.", "Here `giờ` means working hours."),
];

const AFTER_THREE: &[Entry] = &[entry(
    "tính từ ngày làm việc tiếp theo",
    "Hồ sơ nhận sau 15 giờ tính từ ngày làm việc sau.",
    "What comes after 15:00 counts from the next working day.",
)];

const OVERDUE: &[Entry] = &[
    entry("cảnh báo", "Chỉ nhắc; không ghi gì cũng là thế này.", "Only a reminder, as where nothing is stated."),
    entry("coi như đồng ý", "Coi như đã xong, đi tiếp.", "Taken for done; it goes on."),
    entry("coi như", "Coi như đã chọn một hướng của bước.", "Taken as if an outcome of the step had been chosen."),
];

/// Statements to be filled in that are called otherwise than the word that they begin with.
pub const SNIPPETS: &[Entry] = &[
    entry(
        "bước có hướng xử lý",
        "Một bước mà người làm quyết định đi đâu.",
        "A step at which somebody decides where to go.",
    ),
    entry(
        "bước có bổ sung hồ sơ",
        "Một bước mà hồ sơ thiếu được bổ sung rồi xét lại.",
        "A step at which an incomplete dossier is completed and looked at again.",
    ),
    entry(
        "dừng mọi nhánh, kết thúc",
        "Dừng cả các nhánh khác của `song song`, rồi kết thúc thủ tục.",
        "Stops the other branches of `song song` and ends the procedure.",
    ),
    entry("hướng", "Một quyết định và nơi đi tiếp.", "A decision and where it leads."),
    entry("giấy tờ", "Một loại giấy tờ phải nộp.", "A paper to be handed in."),
    entry("thông tin", "Một thông tin của hồ sơ.", "A dossier field."),
];

/// The values of a key in a block; none where they are no list, or need no word.
pub fn of(key: Key, home: DeclarationKind) -> &'static [Entry] {
    match key {
        Key::Kind if home == DeclarationKind::Agency => AGENCY_KINDS,
        Key::Kind | Key::Scope => STEP_KINDS,
        Key::EndWith => ENDS,
        Key::Status => STATUSES,
        Key::Level => LEVELS,
        Key::Online => ONLINE,
        Key::FourOnSite | Key::FiveOnSite => ON_SITE,
        Key::Reckoning => RECKONING,
        Key::AfterThree => AFTER_THREE,
        Key::Overdue => OVERDUE,
        _ => &[],
    }
}
