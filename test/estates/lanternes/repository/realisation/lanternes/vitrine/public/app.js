const courses = await (await fetch('/api/v1/courses')).json();
const list = document.querySelector('#courses');
for (const { title } of courses) {
  const item = document.createElement('li');
  item.textContent = title;
  list.append(item);
}
