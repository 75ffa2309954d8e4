// Entry of the phones: no bar and no keys, but what is written without a network is kept and sent later.
import "./menus.js";
import "./dialog.js";
import "./lock.js";
import "./forms.js";
import "./drafts.js";
import "./clocks.js";
import "./photos.js";
import "./scan.js";
import "./signature.js";
import "./picker.js";
import "./choices.js";
import "./theme.js";
import "./offline.js";
