interface Lesson {
  start: string;
  end: string;
  type: string;
  level: string;
  location: string;
  participants: { name: string | null; sponsor: string; language: string }[];
  instructor: { name: string } | null;
}

async function ask<T>(path: string): Promise<T> {
  const answer = await fetch(path, { cache: "no-store" });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

function line(lesson: Lesson): HTMLElement {
  const who = lesson.participants.map(({ name, sponsor }) => [name, sponsor].filter(Boolean).join(" ")).join(", ");
  const element = document.createElement("p");
  element.textContent = [
    `${lesson.start}–${lesson.end}`,
    lesson.type,
    lesson.level,
    lesson.location,
    who,
    lesson.instructor?.name ?? "?",
  ].join(" · ");
  return element;
}

async function show(): Promise<void> {
  const index = await ask<{ time_zone: string; days: { date: string; path: string }[] }>("/data/schedule.json");
  const today = new Intl.DateTimeFormat("sv-SE", { timeZone: index.time_zone }).format(new Date());
  const entry = index.days.find(({ date }) => date === today);
  const lessons = entry ? (await ask<{ lessons: Lesson[] }>(`/${entry.path}`)).lessons : [];
  const heading = document.createElement("h1");
  heading.textContent = `${today}: ${lessons.length}`;
  document.querySelector("main")?.replaceChildren(heading, ...lessons.map(line));
}

show().catch((reason: unknown) => {
  document.querySelector("main")?.replaceChildren(reason instanceof Error ? reason.message : String(reason));
});
