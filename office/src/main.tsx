import { render } from "preact";
import { Page } from "./view/page";

const place = document.getElementById("office");
if (place) render(<Page />, place);
