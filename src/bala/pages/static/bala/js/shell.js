// What gets nicer with JavaScript. Every page does its work without this file.

import { keepDropdownsTidy } from "./dropdowns.js";
import { openDialogs } from "./dialogs.js";
import { showToasts } from "./toasts.js";
import { switchTheme } from "./theme.js";

keepDropdownsTidy();
openDialogs();
showToasts();
switchTheme();
