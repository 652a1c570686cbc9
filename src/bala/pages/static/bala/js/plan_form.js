// The names of organisations that contain what is typed, offered under the field.

import { offerOrganisations } from "./organisations.js";

const list = document.getElementById("organisations");
const field = document.querySelector('input[name="organisation"]');
if (list?.dataset.url && field) offerOrganisations(field, list, list.dataset.url);
