"""What the demonstration's people and works are called. All of it is made up; places are real units."""

from dataclasses import dataclass
from random import Random

SURNAMES = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Đinh", "Phan",
)  # fmt: skip
MIDDLE_NAMES = ("Văn", "Thị", "Đức", "Minh", "Thu", "Ngọc", "Hữu", "Thanh", "Quang", "Kim")
GIVEN_NAMES = (
    "An", "Ánh", "Bình", "Cường", "Chi", "Dung", "Đạt", "Giang", "Hà", "Hải", "Hạnh", "Hiếu", "Hòa", "Hương", "Khánh",
    "Lan", "Liên", "Long", "Mai", "Nam", "Nga", "Oanh", "Phúc", "Phương", "Quân", "Sơn", "Tâm", "Thảo", "Thủy",
    "Trang", "Tuấn", "Tùng", "Vinh", "Xuân", "Yến",
)  # fmt: skip
POSTS = (
    "Bí thư chi bộ",
    "Trưởng thôn",
    "Tổ trưởng tổ dân phố",
    "Trưởng ban công tác Mặt trận",
    "Chi hội trưởng",
)
GROUPS = (
    "Chi hội Phụ nữ", "Chi hội Nông dân", "Chi hội Cựu chiến binh", "Chi đoàn Thanh niên", "Ban công tác Mặt trận",
    "Chi bộ", "Tổ dân vận", "Câu lạc bộ Người cao tuổi",
)  # fmt: skip
RURAL_PLACES = (
    "thôn Đoài",
    "thôn Thượng",
    "thôn Hạ",
    "thôn Đình",
    "thôn Đông",
    "thôn Trung",
    "xóm Chùa",
    "xóm Mới",
)
URBAN_PLACES = tuple(f"tổ dân phố số {number}" for number in range(1, 19))
COMMITTEE_PLACES = ("Khối văn phòng", "Phòng Nghiệp vụ", "Đơn vị trực thuộc số 1", "Đơn vị trực thuộc số 2")


@dataclass(frozen=True)
class Theme:
    """A kind of work: its field, how its title begins, and what was done and reached."""

    field: str
    title: str
    aim: str
    method: str
    result: str


THEMES = (
    Theme(
        "economy",
        "Khéo vận động nhân dân hiến đất mở đường",
        "Mở rộng đường ngõ để xe cứu hỏa và xe cứu thương vào được tận nhà dân.",
        "Họp dân từng ngõ, công khai bản vẽ, cán bộ và đảng viên hiến đất trước, nhân dân bàn và giám sát.",
        "Đường được mở rộng, không có đơn thư, bà con tự nguyện tháo dỡ tường rào.",
    ),
    Theme(
        "economy",
        "Tổ hợp tác sản xuất rau an toàn",
        "Nâng thu nhập của hộ trồng rau và giữ đất, giữ nước sạch.",
        "Liên kết các hộ, cùng ghi nhật ký sản xuất, cùng tìm nơi tiêu thụ.",
        "Sản phẩm có nơi tiêu thụ ổn định, thu nhập của các hộ tăng.",
    ),
    Theme(
        "economy",
        "Giúp nhau thoát nghèo bằng quỹ quay vòng",
        "Hộ khó khăn có vốn làm ăn mà không phải vay nặng lãi.",
        "Mỗi hội viên góp hằng tháng, bình xét hộ vay công khai, cử người có kinh nghiệm kèm cặp.",
        "Các hộ được vay đều trả đúng hạn, có hộ đã thoát nghèo.",
    ),
    Theme(
        "economy",
        "Khéo vận động tiểu thương chuyển đổi số ở chợ dân sinh",
        "Chợ văn minh, giá niêm yết, thanh toán không dùng tiền mặt.",
        "Đoàn viên hướng dẫn từng quầy, làm điểm ở ngành hàng đông khách rồi nhân ra.",
        "Phần lớn các quầy nhận chuyển khoản và niêm yết giá.",
    ),
    Theme(
        "culture_society",
        "Tuyến đường hoa thay điểm rác",
        "Xóa điểm tập kết rác tự phát, giữ đường làng sạch đẹp.",
        "Giao từng đoạn cho các hội, các hộ góp cây giống, sáng thứ bảy cùng chăm sóc.",
        "Điểm rác không tái diễn, tuyến đường được nhân dân tự quản.",
    ),
    Theme(
        "culture_society",
        "Khéo vận động việc cưới, việc tang văn minh, tiết kiệm",
        "Giảm tốn kém cho gia đình, bỏ hủ tục, giữ tình làng nghĩa xóm.",
        "Đưa vào quy ước, dòng họ ký cam kết, cán bộ nêu gương.",
        "Các đám cưới, đám tang trong năm thực hiện đúng quy ước.",
    ),
    Theme(
        "culture_society",
        "Dòng họ khuyến học, khu dân cư học tập",
        "Không học sinh nào bỏ học vì hoàn cảnh khó khăn.",
        "Lập quỹ khuyến học, trao thưởng công khai, kèm cặp học sinh yếu.",
        "Không có học sinh bỏ học, quỹ được duy trì đều.",
    ),
    Theme(
        "culture_society",
        "Bữa cơm nghĩa tình cho người già neo đơn",
        "Người già neo đơn được chăm sóc hằng tuần.",
        "Hội viên thay phiên nấu, nhà hảo tâm góp gạo, đoàn viên mang đến tận nhà.",
        "Các cụ neo đơn trên địa bàn đều được chăm sóc.",
    ),
    Theme(
        "political_system",
        "Khéo tiếp dân, giải quyết thủ tục ngoài giờ hành chính",
        "Người đi làm không phải nghỉ việc để làm thủ tục.",
        "Bố trí cán bộ trực tối thứ năm, đoàn viên hướng dẫn nộp hồ sơ trực tuyến.",
        "Hồ sơ đúng hạn tăng, không có phản ánh về thái độ phục vụ.",
    ),
    Theme(
        "political_system",
        "Khéo hòa giải mâu thuẫn từ cơ sở",
        "Giải quyết mâu thuẫn ngay từ khu dân cư, không để phát sinh đơn vượt cấp.",
        "Tổ hòa giải gặp từng bên, mời người có uy tín, theo dõi sau hòa giải.",
        "Hầu hết vụ việc hòa giải thành, không có đơn vượt cấp.",
    ),
    Theme(
        "political_system",
        "Chi bộ bốn tốt, đảng viên sát dân",
        "Mỗi đảng viên phụ trách nhóm hộ, nắm chắc tâm tư nhân dân.",
        "Phân công đảng viên theo nhóm hộ, hằng tháng báo cáo ý kiến nhân dân tại chi bộ.",
        "Ý kiến của nhân dân được nắm và trả lời kịp thời.",
    ),
    Theme(
        "defence_security",
        "Camera an ninh do nhân dân góp lắp",
        "Giảm trộm cắp, giữ bình yên ngõ xóm.",
        "Nhân dân góp kinh phí, công an hướng dẫn vị trí, lập quy chế quản lý hình ảnh.",
        "Vụ việc mất an ninh giảm rõ so với năm trước.",
    ),
    Theme(
        "defence_security",
        "Tổ liên gia an toàn phòng cháy, chữa cháy",
        "Mỗi ngõ có người biết chữa cháy và lối thoát thứ hai.",
        "Các hộ góp bình chữa cháy, chuông báo, tập huấn hằng quý.",
        "Không để xảy ra cháy lớn; các hộ đều có bình chữa cháy.",
    ),
    Theme(
        "defence_security",
        "Khéo vận động thanh niên lên đường nhập ngũ",
        "Hoàn thành chỉ tiêu giao quân, gia đình yên tâm.",
        "Thăm từng gia đình, gặp mặt tân binh, theo dõi và giúp đỡ hậu phương.",
        "Giao quân đủ chỉ tiêu, không có bù đổi.",
    ),
)
TOPICS = (
    "Trật tự đô thị và vệ sinh môi trường", "Cải cách thủ tục hành chính", "An ninh trật tự, phòng cháy chữa cháy",
    "Xây dựng nông thôn mới và đô thị văn minh", "Quản lý đất đai, cấp giấy chứng nhận", "Chính quyền địa phương hai cấp",
)  # fmt: skip
MATTERS = (
    ("Chiếu sáng ngõ", "Đề nghị lắp thêm đèn chiếu sáng ở {place}, buổi tối rất tối và nguy hiểm."),
    ("Thoát nước", "Cống ở {place} bị tắc, mưa là ngập, đề nghị nạo vét."),
    ("Thu gom rác", "Giờ thu gom rác ở {place} không cố định, rác để qua đêm."),
    ("Cấp giấy chứng nhận", "Một số hộ ở {place} đã nộp hồ sơ nhưng chưa được cấp giấy chứng nhận."),
    ("Đường giao thông", "Mặt đường {place} xuống cấp, đề nghị sửa chữa trước mùa mưa."),
    ("Nhà văn hóa", "Nhà văn hóa {place} chật, đề nghị bố trí quỹ đất mở rộng."),
    ("Trường học", "Đề nghị có vạch sang đường trước cổng trường gần {place}."),
    ("Thủ tục hành chính", "Người cao tuổi ở {place} khó nộp hồ sơ trực tuyến, đề nghị hỗ trợ tại nhà."),
)
ANSWERS = (
    "Ủy ban nhân dân tiếp thu, đã giao bộ phận chuyên môn kiểm tra và thực hiện.",
    "Nội dung đã được đưa vào kế hoạch và thông báo tới tổ dân phố, thôn.",
    "Đã phối hợp với đơn vị phụ trách xử lý, mời nhân dân giám sát.",
)
RETURN_REASONS = (
    "Đề nghị nêu rõ cách làm và số hộ tham gia.",
    "Thiếu người phụ trách và thời gian thực hiện.",
    "Tên mô hình trùng với mô hình năm trước, đề nghị ghi là duy trì hoặc sửa tên.",
)
DECLINE_REASONS = (
    "Nội dung là nhiệm vụ thường xuyên, chưa phải mô hình.",
    "Đã có mô hình tương tự tại cùng địa bàn.",
)
REFUSE_REASONS = ("Chưa có kết quả cụ thể so với đăng ký.", "Chưa đủ hồ sơ minh chứng kết quả.")
ACHIEVEMENT = 'Có thành tích xuất sắc trong phong trào thi đua "Dân vận khéo" năm {year}'


def person(random: Random) -> str:
    """Return a made-up full name."""
    return f"{random.choice(SURNAMES)} {random.choice(MIDDLE_NAMES)} {random.choice(GIVEN_NAMES)}"


def place(random: Random, kind: str) -> str:
    """Return a made-up place inside a unit of ``kind`` (see ``units.states.UnitKind``)."""
    if kind == "committee":
        return random.choice(COMMITTEE_PLACES)
    return random.choice(URBAN_PLACES if kind in {"ward", "township"} else RURAL_PLACES)
