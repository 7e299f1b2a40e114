// Every page works without this. It follows govuk-frontend in one file with it.
document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
