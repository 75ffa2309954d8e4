// Entry of the desk: every module is small, does one thing and listens on the document, so that swapped parts just work.
import "./menus.js";
import "./dialog.js";
import "./lock.js";
import "./forms.js";
import "./drafts.js";
import "./register.js";
import "./bar.js";
import "./keys.js";
import "./clocks.js";
import "./photos.js";
import "./scan.js";
import "./signature.js";
import "./picker.js";
import "./choices.js";
import "./theme.js";
