/** An attachment that calls once, when the element first comes near the visible part of the page. */
import type { Attachment } from "svelte/attachments";

export const whenVisible =
  (act: () => void): Attachment =>
  (element) => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        observer.disconnect();
        act();
      },
      { rootMargin: "200px" },
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  };
