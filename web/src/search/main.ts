import { attachAll } from "./attach";

attachAll();
