// A chart in an element of the page. Other islands draw with this as well.

import { appearance, darkMode } from "./appearance";
import type { ChartData } from "./data";
import { flowOption, type Room } from "./flow_option";
import { init } from "./library";
import { seriesOption } from "./series_option";
import { makeRoom } from "./series_room";

/** A drawn chart: a picture of it, and its end. */
export interface Drawn {
  /** The chart as a PNG picture on the paper of the page, as a data address. */
  picture(): string;
  /** Take the chart away. */
  end(): void;
}

/** Draw a chart into an element that has a width and a height; it follows its size and the colours of the page. */
export function drawChart(holder: HTMLElement, data: ChartData): Drawn {
  makeRoom(holder, data);
  const chart = init(holder, null, { renderer: "canvas" });
  const paint = () => chart.setOption(optionOf(data, { width: holder.clientWidth, height: holder.clientHeight }), { notMerge: true });
  const fit = () => {
    if (chart.isDisposed()) return;
    makeRoom(holder, data);
    chart.resize();
    paint();
  };
  // In the next frame: it may change the height of what is observed.
  const resized = new ResizeObserver(() => requestAnimationFrame(fit));
  paint();
  resized.observe(holder);
  darkMode.addEventListener("change", paint);
  return {
    picture: () =>
      chart.getDataURL({
        type: "png",
        pixelRatio: 2,
        backgroundColor: getComputedStyle(document.body).backgroundColor,
      }),
    end: () => {
      darkMode.removeEventListener("change", paint);
      resized.disconnect();
      chart.dispose();
    },
  };
}

function optionOf(data: ChartData, room: Room) {
  return data.kind === "sankey" ? flowOption(data, appearance(), room) : seriesOption(data, appearance(), room.width);
}
