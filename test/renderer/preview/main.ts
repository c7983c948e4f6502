/**
 * The page over scripted data, to look at it without a server. `?state=empty` shows it before the
 * first run, `?state=lost` without a connection, `?state=refused` without access.
 */
import { mount } from "svelte";
import "../../../renderer/app.css";
import App from "../../../renderer/views/App.svelte";
import { createScriptedStudio } from "./scripted-studio.ts";

const state = new URLSearchParams(location.search).get("state");
const transport = createScriptedStudio({ empty: state === "empty" });
const target = document.querySelector("#app");
if (target) mount(App, { target, props: { transport } });
if (state === "lost" || state === "refused") transport.setConnection(state);
