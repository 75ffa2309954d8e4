"""What a list of staff can hold, and the headings under which it is met."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.parts.imports import values
from guanjia.parts.imports.kinds import Column
from guanjia.people import posts
from guanjia.people.fields import PersonNameField, PhoneField
from guanjia.people.models import Employee

from ..forms import JOB_NUMBER

_NUMBER = forms.CharField(max_length=30, validators=[JOB_NUMBER])
_EMAIL = forms.EmailField(max_length=254, required=False)

# The first word of each post is the one that is offered; then what other companies call it.
_CALLED = {
    posts.RECEPTIONIST: "前台接待 前台 接待员 客服前台 receptionist",
    posts.CUSTOMER_ASSISTANT: "客户助理 客务助理 客服文员 文员",
    posts.SERVICE_OFFICER: "客服专员 客服 客服员 客户专员",
    posts.STEWARD: "楼宇管家 管家 片区管理员 片区管家 楼管 steward",
    posts.KEY_CUSTODIAN: "专职钥匙管理员 钥匙管理员",
    posts.SERVICE_LEAD: "客服领班 客服部领班",
    posts.CLEANING_LEAD: "保洁领班 保洁班长",
    posts.SERVICE_SUPERVISOR: "客服主管 客服主任 客务主管",
    posts.SERVICE_MANAGER: "客服部经理 客服经理",
    posts.PROJECT_MANAGER: "项目经理 物业经理 管理处主任 项目负责人",
    posts.DUTY_MANAGER: "值班经理",
    posts.CASHIER: "收银员 收费员",
    posts.ENGINEERING_MANAGER: "工程部经理 工程经理",
    posts.ENGINEERING_SUPERVISOR: "工程主管 工程部主管",
    posts.TECHNICIAN: "维修人员 维修工 维修员 水电工 工程技工 technician",
    posts.SECURITY_MANAGER: "保安部负责人 保安经理 保安队长 秩序部经理",
    posts.SECURITY_GUARD: "保安员 保安 秩序维护员 guard",
    posts.CONTROL_ROOM: "监控室值班员 监控员 消控员 监控室",
    posts.HR_OFFICER: "人力资源 人事专员 人事",
    posts.GENERAL_MANAGER: "总经理",
    posts.COMPANY_SERVICE: "公司客服部 品质部",
    posts.ADMINISTRATOR: "系统管理员 管理员",
}
POSTS = {word: post for post, words in _CALLED.items() for word in words.split()}
_SCHOOLS = {
    Employee.Education.SECONDARY: "中专及以下 中专 高中 初中 小学 技校 职高",
    Employee.Education.COLLEGE_PART: "非全日制大专 成人大专 自考大专",
    Employee.Education.COLLEGE: "全日制大专 大专 专科",
    Employee.Education.BACHELOR: "全日制本科 本科 学士",
    Employee.Education.MASTER: "硕士及以上 硕士 研究生 博士",
}
EDUCATIONS = {word: str(level) for level, words in _SCHOOLS.items() for word in words.split()}


COLUMNS = (
    Column("number", _("Job number"), ("工号", "员工编号", "员工号", "职工编号", "人员编号", "编号", "jobnumber", "employeenumber"), values.by_field(_NUMBER), _("Logs in with it: 2 to 30 letters, digits, dots or hyphens"), "QH0012"),  # noqa: E501
    Column("name", _("Full name"), ("姓名", "员工姓名", "名字", "fullname", "name"), values.by_field(PersonNameField(required=False)), "", "方某某"),  # noqa: E501
    Column("phone", _("Phone"), ("手机号", "手机号码", "手机", "联系电话", "电话", "联系方式", "phone", "mobile"), values.by_field(PhoneField(required=False)), _("11 digits; format the column as text"), "13900000000", is_personal=True),  # noqa: E501
    Column("email", _("E-mail"), ("邮箱", "电子邮箱", "电子邮件", "email", "mail"), values.by_field(_EMAIL), "", "", is_personal=True),  # noqa: E501
    Column("department", _("Department"), ("部门", "所属部门", "department"), values.short(30), _("As it is called under Departments of the head office"), "客服部"),  # noqa: E501
    Column("education", _("Education"), ("学历", "文化程度", "教育程度", "education"), values.choice(EDUCATIONS), _("A steward has a full-time junior-college degree or above"), "全日制大专", values.offered(EDUCATIONS)),  # noqa: E501
    Column("nda", _("Confidentiality agreement signed on"), ("保密协议签署日期", "保密协议", "保密协议日期"), values.day, _("Without it nobody is given a post"), "2024-03-01"),  # noqa: E501
    Column("project", _("Project"), ("项目", "项目名称", "所属项目", "管理处", "服务中心", "小区", "project"), values.short(60), _("Name or code of the project; 总部 for the head office"), "青禾花园"),  # noqa: E501
    Column("post", _("Post"), ("岗位", "岗位名称", "职务", "职位", "post", "position"), values.choice(POSTS), _("Several posts: one row each with the same job number"), "楼宇管家", values.offered(POSTS)),  # noqa: E501
    Column("from_on", _("From"), ("到岗日期", "任职日期", "上岗日期", "入职日期", "入职时间"), values.day, _("Empty: from today"), "2024-03-01"),  # noqa: E501
)  # fmt: skip
