"""The shell (界面): what every page of the office shares. Layout, menu, the gate at the door, lists, forms. It knows no business."""
