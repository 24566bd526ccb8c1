using Microsoft.Playwright;

namespace LiveDash.Tests.Shared;

/// <summary>Types into the fields of a page that <see cref="PageWalk"/> walks, at a usual speed over a line of a given slowness, and takes note of letters that were lost.</summary>
internal static class PageTyping
{
    private const int MsAKey = 60;

    /// <summary>Types into every field shown whose kind is not in <paramref name="typed"/> yet, and leaves each as it was.</summary>
    /// <param name="page">A page opened through <paramref name="proxy"/>.</param>
    /// <param name="proxy">The line.</param>
    /// <param name="delay">How long everything takes on it, each way.</param>
    /// <param name="what">What the page as it stands is called in a note.</param>
    /// <param name="typed">The kinds of fields typed into; added to.</param>
    /// <param name="faults">The notes.</param>
    public static async Task TypeAsync(IPage page, TcpProxy proxy, TimeSpan delay, string what, HashSet<string> typed, List<string> faults)
    {
        foreach (var field in await page.EvaluateAsync<string[]>("pageWalk.fields().map(pageWalk.key)"))
        {
            if (!typed.Add(field)) continue;
            // By its kind: the page may have drawn it anew.
            var handle = (await page.EvaluateHandleAsync("key => pageWalk.fields().find(e => pageWalk.key(e) === key)", field)).AsElement();
            if (handle is null) continue;
            var isNumber = await handle.GetAttributeAsync("type") == "number" || await handle.GetAttributeAsync("inputmode") is "numeric" or "decimal";
            var (before, text) = (await handle.InputValueAsync(), isNumber ? "34" : "a.b_8 c");
            await handle.FocusAsync();
            await page.Keyboard.PressAsync("Control+a");
            proxy.Delay = delay;
            await page.Keyboard.TypeAsync(text, new() { Delay = MsAKey });
            await PageWalk.SettleAsync(page);
            proxy.Delay = TimeSpan.Zero;
            // Found again: a field that was drawn anew while somebody typed into it has lost letters.
            var kept = await page.EvaluateAsync<string?>("key => pageWalk.fields().find(e => pageWalk.key(e) === key)?.value", field);
            if (kept is null) continue;
            if (kept != text) faults.Add($"{what}: {field}: typed “{text}”, has “{kept}”");
            await page.EvaluateAsync(
                """
                ([key, before]) => {
                  const field = pageWalk.fields().find(e => pageWalk.key(e) === key);
                  if (!field) return;
                  field.value = before;
                  for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
                }
                """,
                new[] { field, before });
            // A list of what fits closes, and nothing else does.
            if (await page.EvaluateAsync<bool>("document.querySelector('.mud-popover-open [role=option], .mud-popover-open .mud-list') !== null && document.activeElement.matches('[role=combobox], .mud-input-slot')")) await page.Keyboard.PressAsync("Escape");
            await PageWalk.SettleAsync(page);
        }
    }
}
