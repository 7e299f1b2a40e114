// Every page works without this; it adds what govuk-frontend adds (focus on errors, one press a
// button, answers that unfold).
import { initAll } from "./govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
