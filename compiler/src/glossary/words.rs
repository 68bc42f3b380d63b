//! What the words say that hold a text together, by groups.

use super::{Entry, entry};

const TOP: &[Entry] = &[
    entry(
        "dùng",
        "Dùng những gì tệp khác khai báo: `dùng \"chung/cơ_quan.tthc\"`.",
        "Uses what another file declares.",
    ),
    entry("mặc định", "Những mục chung cho mọi thủ tục trong tệp.", "What all procedures of the file have in common."),
    entry(
        "cơ quan",
        "Một cơ quan, đơn vị hay nhóm cơ quan, với các bộ phận và vai trò của nó.",
        "An agency, a body or a group of agencies, with its units and roles.",
    ),
    entry("biểu mẫu", "Một biểu mẫu riêng của tỉnh, của ngành.", "A form of the province's own."),
    entry("lịch", "Giờ làm việc, ngày nghỉ và ngày làm bù của một nơi.", "Working hours, days off and make-up days."),
    entry(
        "thủ tục",
        "Một thủ tục hành chính với quy trình nội bộ của nó.",
        "An administrative procedure with its process.",
    ),
    entry(
        "quy trình",
        "Các bước, theo thứ tự của bảng. Đứng riêng và có tên thì nhiều thủ tục cùng dùng được.",
        "The steps, in the order of the table. By itself and with a name it can be used by several procedures.",
    ),
    entry(
        "phần dùng chung",
        "Một đoạn viết một lần mà nhiều quy trình cùng chèn, với các tham số.",
        "Steps that are written once and inserted by several processes, with parameters.",
    ),
];

const STAFF: &[Entry] = &[
    entry("bộ phận", "Một phòng, ban của cơ quan.", "A unit of the agency."),
    entry("vai trò", "Người làm, theo chức danh.", "Somebody who works there, by post."),
    entry(
        "cử",
        "Cử người sang làm việc tại bộ phận một cửa: `cử chuyên_viên đến TTPVHCC`.",
        "Posts somebody at a one-stop unit: `cử chuyên_viên đến TTPVHCC`.",
    ),
    entry(
        "ủy quyền",
        "Thừa ủy quyền: người này ký thay người kia, theo một văn bản và trong một thời gian.",
        "Delegation: one signs in the place of another, by a document and for some time.",
    ),
    entry("thay", "Đứng trước người được ký thay.", "Stands before whose place is taken."),
    entry(
        "phân công",
        "Phân công người ký thay trong nội bộ cơ quan.",
        "Assigns, within the agency, who signs for another.",
    ),
    entry("ký thay", "Đứng trước người được ký thay.", "Stands before whom is signed for."),
];

const PROCEDURE: &[Entry] = &[
    entry("thành phần hồ sơ", "Giấy tờ phải nộp, mỗi dòng một loại.", "The papers to be handed in, one a line."),
    entry(
        "thông tin hồ sơ",
        "Những điều biết về hồ sơ ngay khi nhận; điều kiện sau `khi` đọc chúng.",
        "What a dossier is known by when it arrives; conditions after `khi` read it.",
    ),
    entry("số", "Thông tin là một con số, có thể kèm đơn vị.", "The field is a number, perhaps with a unit."),
    entry(
        "trường hợp",
        "Một bảng riêng của cùng một thủ tục, có quy trình và thời hạn riêng.",
        "A table of its own for some dossiers, with its own process and limit.",
    ),
    entry(
        "sau khi trả kết quả",
        "Việc làm sau khi thủ tục đã xong, ngoài thời hạn.",
        "What is done after the procedure has ended, outside its limit.",
    ),
    entry("phần của", "Thời hạn mà pháp luật dành cho một cơ quan.", "The part of the limit that is one agency's."),
];

const ROWS: &[Entry] = &[
    entry(
        "bước",
        "Một dòng của bảng: số hoặc tên, việc gì, `do` ai, `trong` bao lâu.",
        "A row of the table: its number or name, what is done, `do` (by) whom, `trong` (within) what time.",
    ),
    entry(
        "giai đoạn",
        "Một phần của bảng, thường có cơ quan và thời hạn riêng.",
        "A part of the table, often with an agency and a limit of its own.",
    ),
    entry("song song", "Các nhánh cùng bắt đầu một lúc.", "Branches that all begin at once."),
    entry("chờ tất cả", "Đi tiếp khi mọi nhánh đã xong.", "Goes on when all branches are done."),
    entry(
        "chờ ít nhất",
        "Đi tiếp khi đủ số nhánh đã xong; việc còn lại được rút.",
        "Goes on when so many branches are done; what still runs is withdrawn.",
    ),
    entry("nhánh", "Một việc làm đồng thời với các nhánh khác.", "Work that is done beside the other branches."),
    entry("chèn", "Chèn các bước của một phần dùng chung vào đây.", "Inserts the steps of a shared part."),
    entry(
        "đặt tên",
        "Các bước được chèn mang tên ghép với tên này: `ký.trả`.",
        "The inserted steps bear this name before their own: `ký.trả`.",
    ),
    entry(
        "liên thông thủ tục",
        "Một thủ tục khác được làm như một bước; nó tốn đúng thời hạn của mình.",
        "Another procedure as one step; it costs its own limit.",
    ),
];

const HEAD: &[Entry] = &[
    entry("do", "Ai làm bước này.", "By whom the step is performed."),
    entry("trong", "Bước này làm trong bao lâu; được cộng vào thời hạn.", "Within what time; counted into the limit."),
    entry("tại", "Làm ở đâu, khi không phải ở cơ quan của mình.", "Where, when not at one's own agency."),
    entry(
        "không tính thời hạn",
        "Thời gian của bước này không tính cho cơ quan; lý do viết trong ngoặc kép.",
        "The time of this step is not charged to the agencies; the reason stands in quotes.",
    ),
    entry(
        "không quy định",
        "Chưa biết bao lâu; mọi tổng đọc là “ít nhất”.",
        "Not stated how long; all sums read “at least”.",
    ),
    entry("người nộp", "Tổ chức, cá nhân nộp hồ sơ.", "The applicant."),
    entry("hệ thống", "Phần mềm tự làm, không có người.", "Done by the software, by nobody."),
    entry(
        "nơi tiếp nhận",
        "Nơi đã nhận hồ sơ, dù là nơi nào trong `tiếp nhận tại`.",
        "Wherever the dossier was received, of the places in `tiếp nhận tại`.",
    ),
];

const ONWARD: &[Entry] = &[
    entry(
        "hướng xử lý",
        "Người làm bước này quyết định được những gì, và mỗi quyết định đi đâu.",
        "What can be decided at the step, and where each decision leads.",
    ),
    entry(
        "rẽ nhánh",
        "Điều đã biết quyết định đi đâu: dòng đầu tiên đúng thì theo.",
        "What is known decides where to go: the first line that holds.",
    ),
    entry("còn lại", "Mọi hồ sơ khác; đứng cuối.", "All other dossiers; stands last."),
    entry("tiếp", "Đi đến dòng ngay sau của bảng.", "Goes on to the next row."),
    entry(
        "quay lại",
        "Về một bước đã qua. Cần `tối đa … lần` hoặc `trong thời gian đã định`, nếu không hồ sơ có thể đi mãi.",
        "Back to an earlier step. It takes `tối đa … lần` or `trong thời gian đã định`, or a dossier could go round for ever.",
    ),
    entry("kết thúc", "Thủ tục kết thúc, với trạng thái viết sau.", "The procedure ends, in the state that follows."),
    entry(
        "chờ bổ sung",
        "Chờ người nộp bổ sung; không tính cho cơ quan. Hết hạn chờ thì dừng xử lý.",
        "Waits until the applicant completes the dossier; not charged. When the wait is over, the handling stops.",
    ),
    entry("chờ", "Chờ một việc khác, có nêu lý do; không tính cho cơ quan.", "Waits for something else; not charged."),
    entry("rồi", "Chờ xong thì đi đâu.", "Where to go after the wait."),
    entry(
        "dừng mọi nhánh",
        "Dừng cả các nhánh khác của `song song`, rồi kết thúc thủ tục.",
        "Stops the other branches of `song song` and ends the procedure.",
    ),
];

const MODIFIERS: &[Entry] = &[
    entry("tối đa", "Nhiều nhất bao nhiêu lần, hoặc chờ nhiều nhất bao lâu.", "At most so many times, or so long."),
    entry("lần", "Số lần, đếm cho mỗi hồ sơ.", "Times, counted for each dossier."),
    entry("hết lượt", "Đã đi hết số lần thì đi đâu.", "Where to go when the times are used up."),
    entry(
        "trong thời gian đã định",
        "Làm lại trong thời gian đã có của các bước: không thêm thời gian, bao nhiêu lần cũng vậy.",
        "Done again within the steps' own time: it costs nothing more, however often.",
    ),
    entry("tất cả", "Mọi vòng cộng lại nhiều nhất chừng ấy.", "All rounds together take at most that."),
    entry("tính lại thời hạn", "Thời hạn bắt đầu lại từ đầu.", "The limit starts anew."),
];

const DEADLINES: &[Entry] = &[
    entry(
        "kể từ",
        "Tính từ lúc một bước xong, hoặc từ lúc hồ sơ đến (`kể từ tiếp nhận`).",
        "From the end of a step, or from the arrival of the dossier (`kể từ tiếp nhận`).",
    ),
    entry("tiếp nhận", "Lúc hồ sơ đến.", "The arrival of the dossier."),
    entry("coi như", "Quá hạn thì coi như đã chọn hướng này.", "When time is up, taken as if this had been chosen."),
    entry("đồng ý", "Coi như đã xong, đi tiếp.", "Taken for done; it goes on."),
    entry("cảnh báo", "Quá hạn thì chỉ nhắc.", "Only a reminder when time is up."),
    entry("từ", "Từ ngày này, kể cả ngày này.", "From this day on."),
    entry("đến", "Đến hết ngày này; sau `cử` là nơi được cử đến.", "Until the end of this day; after `cử` the place."),
];

const CONDITIONS: &[Entry] = &[
    entry("khi", "Điều kiện: chỉ dành cho hồ sơ như thế.", "A condition: only for such dossiers."),
    entry("và", "Cả hai đều đúng; giữa hai người làm: cùng làm.", "Both hold; between performers: jointly."),
    entry("hoặc", "Một trong hai; giữa hai người làm: một trong số đó.", "Either; between performers: one of them."),
    entry("không", "Điều ngược lại.", "The opposite."),
    entry(
        "có",
        "Điều này đúng; trước một chuỗi là một sự kiện đã xảy ra.",
        "It is so; before a text, it has happened.",
    ),
    entry("thuộc", "Là một trong các giá trị trong ngoặc nhọn.", "Is one of the values in braces."),
];

const UNITS: &[Entry] = &[
    entry("phút", "Phút làm việc.", "Working minutes."),
    entry("giờ làm việc", "60 phút làm việc; 8 giờ là một ngày làm việc.", "60 working minutes; 8 make a working day."),
    entry("ngày làm việc", "8 giờ làm việc; không kể ngày nghỉ.", "8 working hours; days off do not count."),
    entry(
        "giờ",
        "Giờ theo lịch, liên tục cả đêm và ngày nghỉ, trừ khi `cách tính` nói khác.",
        "Hours by the clock, nights and days off included, unless `cách tính` says otherwise.",
    ),
    entry(
        "ngày",
        "Ngày theo lịch, kể cả ngày nghỉ, trừ khi `cách tính` nói khác.",
        "Calendar days, days off included, unless `cách tính` says otherwise.",
    ),
    entry("tháng", "Tháng dương lịch, không quy ra ngày.", "Calendar months, not turned into days."),
    entry("đồng", "Số tiền.", "An amount of money."),
];

const ELECTRONIC: &[Entry] = &[entry(
    "điện tử",
    "Phần điện tử của bước: trạng thái hồ sơ, ký số, thông báo.",
    "The electronic side of the step: the dossier's status, signature, notices.",
)];

/// All of them, in the order of the reference.
pub const GROUPS: &[(&str, &[Entry])] = &[
    ("khai báo ở đầu tệp", TOP),
    ("trong cơ quan", STAFF),
    ("trong thủ tục", PROCEDURE),
    ("các dòng của bảng", ROWS),
    ("phần đầu của bước", HEAD),
    ("đi tiếp", ONWARD),
    ("sau nơi đi tiếp", MODIFIERS),
    ("hạn", DEADLINES),
    ("điều kiện", CONDITIONS),
    ("đơn vị", UNITS),
    ("phần điện tử", ELECTRONIC),
];
