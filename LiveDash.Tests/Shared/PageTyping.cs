using Microsoft.Playwright;

namespace LiveDash.Tests.Shared;

/// <summary>
/// Types into the fields of a page that <see cref="PageWalk"/> walks, at a usual speed over a line of a given slowness, and takes note of letters that were lost; then loads the page anew, as a
/// browser does when the server restarted, and takes note of what is not there again, and of secrets that are.
/// </summary>
internal static class PageTyping
{
    /// <summary>Has a page remember at its start what the browser has kept for it; to be added before it is opened.</summary>
    public const string KeepAtStart = "window.keptAtStart = JSON.stringify([{ ...sessionStorage }, { ...localStorage }]);";

    private const string Secret = "half-a-secret-7";
    private const int MsAKey = 60;

    private const string Read = "key => pageWalk.fields().find(e => pageWalk.key(e) === key)?.value";

    // What a field that was loaded anew takes to have its text again.
    private const float BackWithinMs = 10_000;

    /// <summary>Types into every field shown whose kind is not in <paramref name="typed"/> yet.</summary>
    /// <param name="page">A page opened through <paramref name="proxy"/>, prepared.</param>
    /// <param name="proxy">The line.</param>
    /// <param name="delay">How long everything takes on it, each way.</param>
    /// <param name="what">What the page as it stands is called in a note.</param>
    /// <param name="typed">The kinds of fields typed into; added to.</param>
    /// <param name="faults">The notes.</param>
    /// <returns>What was typed into, and what.</returns>
    public static async Task<IReadOnlyList<TypedField>> TypeAsync(IPage page, TcpProxy proxy, TimeSpan delay, string what, HashSet<string> typed, List<string> faults)
    {
        var found = new List<TypedField>();
        foreach (var field in await page.EvaluateAsync<string[]>("pageWalk.fields().map(pageWalk.key)"))
        {
            if (!typed.Add(field)) continue;
            // Marked, since rows have several of a kind.
            var handle = (await page.EvaluateHandleAsync(
                """
                key => {
                  document.querySelector('[data-typed]')?.removeAttribute('data-typed');
                  const field = pageWalk.fields().find(e => pageWalk.key(e) === key);
                  field?.setAttribute('data-typed', '');
                  return field;
                }
                """,
                field)).AsElement();
            if (handle is null) continue;
            var isNumber = await handle.GetAttributeAsync("type") == "number" || await handle.GetAttributeAsync("inputmode") is "numeric" or "decimal";
            var isSecret = await handle.GetAttributeAsync("type") == "password";
            var one = new TypedField(field, isNumber ? "34" : isSecret ? Secret : "a.b_8 c", isSecret);
            await handle.FocusAsync();
            await page.Keyboard.PressAsync("Control+a");
            proxy.Delay = delay;
            await page.Keyboard.TypeAsync(one.Text, new() { Delay = MsAKey });
            await PageWalk.SettleAsync(page);
            proxy.Delay = TimeSpan.Zero;
            var kept = await page.EvaluateAsync<string?>("document.querySelector('[data-typed]')?.value");
            if (kept != one.Text) faults.Add($"{what}: {field}: typed “{one.Text}”, {(kept is null ? "and it was drawn anew meanwhile" : $"has “{kept}”")}");
            else found.Add(one);
            // A list of what fits closes, and nothing else does.
            if (await page.EvaluateAsync<bool>("document.querySelector('.mud-popover-open [role=option], .mud-popover-open .mud-list') !== null && document.activeElement.matches('[role=combobox], .mud-input-slot')")) await page.Keyboard.PressAsync("Escape");
        }

        return found;
    }

    /// <summary>Loads the page anew as js/reconnect.js does, and takes note of typed text that is not there and of a secret that the browser kept.</summary>
    /// <param name="page">The page, opened with <see cref="KeepAtStart"/>.</param>
    /// <param name="what">What the page as it stands is called in a note.</param>
    /// <param name="fields">What was typed.</param>
    /// <param name="faults">The notes.</param>
    public static async Task ReloadAsync(IPage page, string what, IReadOnlyList<TypedField> fields, List<string> faults)
    {
        if (fields.Count == 0) return;
        // What was typed into one field may change another, as the text of a rule and its fields do.
        var stood = new List<TypedField>();
        foreach (var field in fields) stood.Add(field with { Text = await page.EvaluateAsync<string?>(Read, field.Key) ?? "" });
        await page.EvaluateAsync("addEventListener('beforeunload', event => event.stopImmediatePropagation(), true)");
        await page.ReloadAsync();
        await page.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = 30_000 });
        var kept = await page.EvaluateAsync<string?>("window.keptAtStart");
        Assert.True(kept is not null, $"{what}: what the browser kept was not looked at.");
        if (kept.Contains(Secret, StringComparison.Ordinal)) faults.Add($"{what}: the browser kept a secret");
        await PageWalk.PrepareAsync(page);
        await PageWalk.SettleAsync(page);
        await CompareAsync(page, what, stood, faults);
        // What was typed is no wish.
        await page.EvaluateAsync("liveDash.forgetTyped()");
    }

    private static async Task CompareAsync(IPage page, string what, IReadOnlyList<TypedField> fields, List<string> faults)
    {
        foreach (var field in fields)
        {
            try
            {
                await page.WaitForFunctionAsync(
                    "([key, text]) => { const field = pageWalk.fields().find(e => pageWalk.key(e) === key); return field && field.value === text; }",
                    new[] { field.Key, field.IsSecret ? "" : field.Text },
                    new() { Timeout = BackWithinMs });
            }
            catch (TimeoutException)
            {
                var has = await page.EvaluateAsync<string?>(Read, field.Key);
                faults.Add($"{what}: {field.Key}: {(has is null ? "is gone after the page was loaded anew" : $"has “{has}” after the page was loaded anew, not “{(field.IsSecret ? "" : field.Text)}”")}");
            }
        }
    }
}
