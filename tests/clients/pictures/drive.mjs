// Opens a file, mistypes a name, asks for completion, shows the diagram; keeps a picture of each.
import puppeteer from "puppeteer-core";

const [chromium, address, out] = process.argv.slice(2);
const browser = await puppeteer.launch({
  executablePath: chromium,
  args: ["--no-sandbox", "--disable-gpu", "--lang=vi"],
  defaultViewport: { width: 1500, height: 800 },
});
const page = await browser.newPage();
const patience = { timeout: 60_000 };
const pause = (time) => new Promise((done) => setTimeout(done, time));
const keep = (name) => page.screenshot({ path: `${out}/${name}.png` });

async function command(text) {
  await page.keyboard.press("F1");
  await page.waitForSelector(".quick-input-widget input", { visible: true, ...patience });
  await page.keyboard.type(text);
  await pause(1500);
  await page.keyboard.press("Enter");
}

/// Puts the cursor in front of words.
async function go(words) {
  await page.keyboard.down("Control");
  await page.keyboard.press("f");
  await page.keyboard.up("Control");
  await page.waitForSelector(".find-widget.visible textarea", patience);
  await page.keyboard.type(words);
  await pause(500);
  await page.keyboard.press("Escape");
  await page.keyboard.press("ArrowLeft");
}

async function session() {
  for (let tries = 0; ; tries++) {
    try {
      await page.goto(address, patience);
      break;
    } catch (error) {
      if (tries > 20) throw error;
      await pause(500);
    }
  }
  await page.waitForSelector(".monaco-workbench", patience);
  await pause(4000);
  const file = await page.waitForSelector("::-p-xpath(//div[contains(@class, 'monaco-list-row')]//*[text()='cấp_phép.tthc'])", patience);
  await file.click({ count: 2 });
  await page.waitForSelector(".view-line", patience);
  await pause(6000);

  await go("giám_đốc");
  await page.keyboard.type("phó_");
  await page.waitForSelector(".squiggly-error", patience);
  await command("Go to Next Problem");
  await pause(2500);
  await keep("diagnostic");
  await page.keyboard.press("Escape");
  for (let letter = 0; letter < 4; letter++) await page.keyboard.press("Backspace");

  await go("chuyên_viên");
  for (let letter = 0; letter < 6; letter++) await page.keyboard.press("Delete");
  await page.keyboard.down("Control");
  await page.keyboard.press("Space");
  await page.keyboard.up("Control");
  await page.waitForSelector(".suggest-widget.visible .monaco-list-row", patience);
  await pause(1500);
  await keep("completion");
  await page.keyboard.press("Escape");
  for (let times = 0; times < 8; times++) {
    await page.keyboard.down("Control");
    await page.keyboard.press("z");
    await page.keyboard.up("Control");
  }

  await command("Xem sơ đồ quy trình");
  await page.waitForSelector("iframe.webview", patience);
  await pause(5000);
  await keep("preview");
}

try {
  await session();
} catch (error) {
  await keep("failed");
  throw error;
} finally {
  await browser.close();
}
