// Eleventy as it comes, told only what to build and where.
const MONTHS = [
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
];

const chunks = (list, size) =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, n) => list.slice(n * size, (n + 1) * size));

export default function (config) {
  const newestFirst = (api) => api.getFilteredByGlob("posts/**/*.md").reverse();
  const byTopic = (posts) => {
    const topics = new Map();
    for (const post of posts)
      for (const topic of post.data.topics) {
        if (!topics.has(topic)) topics.set(topic, []);
        topics.get(topic).push(post);
      }
    return [...topics].sort(([a], [b]) => (a < b ? -1 : 1)).map(([slug, posts]) => ({ slug, posts }));
  };
  config.addCollection("stream", newestFirst);
  config.addCollection("topics", (api) => byTopic(newestFirst(api)));
  config.addCollection("topicPages", (api) =>
    byTopic(newestFirst(api)).flatMap(({ slug, posts }) =>
      chunks(posts, 50).map((part, n, all) => ({
        slug,
        posts: part,
        number: n + 1,
        newer: n === 0 ? null : n === 1 ? `/topics/${slug}/` : `/topics/${slug}/page/${n}/`,
        older: n + 1 < all.length ? `/topics/${slug}/page/${n + 2}/` : null,
      })),
    ),
  );
  config.addFilter("day", (date) => {
    const local = new Date(date.getTime() + 9 * 3600 * 1000); // Seoul
    return `${local.getUTCDate()} ${MONTHS[local.getUTCMonth()]} ${local.getUTCFullYear()}`;
  });
  config.addFilter("iso", (date) => date.toISOString());
  config.addFilter("first", (list, count) => list.slice(0, count));
  return { dir: { input: ".", output: "_site" }, markdownTemplateEngine: false, htmlTemplateEngine: "njk" };
}
