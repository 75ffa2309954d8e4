"""Where things are: projects 小区, buildings 楼栋, units 单元, houses 房屋, spots 公共部位, districts 辖区.

A project is the key of everything operational and never changes on a row. The head office is a project of kind office.
Words: project, zone, building, unit, floor, house, spot, district.
"""
