"""Words that the made-up registrations are written with."""

TITLES = (
    "Khéo vận động nhân dân hiến đất mở đường",
    "Khéo hòa giải mâu thuẫn từ cơ sở",
    "Khéo cải cách thủ tục hành chính vì dân",
    "Khéo vận động việc cưới văn minh, tiết kiệm",
    "Tổ liên gia an toàn phòng cháy, chữa cháy",
    "Dòng họ khuyến học",
    "Camera an ninh do dân góp",
    "Đường hoa do phụ nữ trồng và chăm sóc",
    "Phân loại rác tại nguồn",
    "Chợ văn minh, không túi ni lông",
    "Giúp nhau phát triển kinh tế vườn đồi",
    "Tặng thẻ bảo hiểm y tế cho hộ nghèo",
    "Tuyến phố tự quản, sáng, xanh, sạch, đẹp",
    "Vận động thanh niên lên đường nhập ngũ",
    "Nhà văn hóa sáng đèn",
    "Chuyển đổi số trong từng gia đình",
    "Bếp ăn cho người bệnh xa nhà",
    "Khéo vận động giải phóng mặt bằng",
    "Xây cầu dân sinh bằng sức dân",
    "Câu lạc bộ ông bà cháu",
)
PLACES = tuple(
    f"{kind} {name}"
    for kind in ("thôn", "tổ dân phố", "xóm", "khu")
    for name in (
        "Đoài",
        "Thượng",
        "Hạ",
        "Đình",
        "Đông",
        "Trung",
        "Chùa",
        "số 1",
        "số 2",
        "số 5",
        "số 7",
        "số 12",
    )
)
GROUPS = (
    "Chi hội Phụ nữ",
    "Chi đoàn Thanh niên",
    "Ban công tác Mặt trận",
    "Chi hội Cựu chiến binh",
    "Chi bộ",
    "Chi hội Nông dân",
)
AIMS = (
    "Giải quyết việc khó ở thôn với sự đồng thuận của nhân dân",
    "Họp dân, bàn bạc công khai, phân công từng nhóm, công khai thu chi",
    "Đảng viên đi trước, làng nước theo sau; mỗi chi hội nhận một phần việc",
    "Đã hoàn thành, được nhân dân đồng tình và tiếp tục duy trì trong năm sau",
    "Mở rộng đường làng từ hai mét lên bốn mét, làm rãnh thoát nước và đèn chiếu sáng",
    "Vận động các hộ hai bên đường tự nguyện tháo dỡ tường rào, hiến đất và ngày công",
)
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Bùi", "Đỗ", "Vũ")
GIVEN = ("Văn Cường", "Thị Lan", "Thị Bình", "Văn Hùng", "Thị Ngọc", "Đức Anh", "Quang Minh", "Thị Hòa")
TOPICS = (
    "Quản lý đất đai và trật tự xây dựng",
    "Vệ sinh môi trường và thu gom rác thải",
    "Xây dựng nông thôn mới, đường giao thông",
    "Tiếp nhận và giải quyết thủ tục hành chính",
    "An ninh trật tự, phòng cháy, chữa cháy",
    "Chính sách xã hội và việc làm",
)
