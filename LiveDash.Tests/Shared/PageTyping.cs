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

    /// <summary>What is typed into fields that hide what they hold.</summary>
    public const string Secret = "half-a-secret-7";

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
        foreach (var field in await KindsAsync(page))
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
            var isSecret = await handle.EvaluateAsync<bool>("e => e.type === 'password' || e.closest('[data-secret]') !== null");
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
        }

        return found;
    }

    /// <summary>Types a little into each field shown whose kind is not in <paramref name="typed"/> yet, one after another without a pause, then compares all: what opens on a page has many at once.</summary>
    /// <param name="page">A page opened through <paramref name="proxy"/>, prepared.</param>
    /// <param name="proxy">The line.</param>
    /// <param name="delay">How long everything takes on it, each way.</param>
    /// <param name="what">What the page as it stands is called in a note.</param>
    /// <param name="typed">The kinds of fields typed into; added to.</param>
    /// <param name="faults">The notes.</param>
    public static async Task TypeAtOnceAsync(IPage page, TcpProxy proxy, TimeSpan delay, string what, HashSet<string> typed, List<string> faults)
    {
        var fields = (await KindsAsync(page)).Where(typed.Add).ToList();
        if (fields.Count == 0) return;
        proxy.Delay = delay;
        var texts = new List<string?>();
        foreach (var (at, field) in fields.Index())
        {
            var text = await page.EvaluateAsync<string?>(
                """
                ([key, at]) => {
                  const field = pageWalk.fields().find(e => pageWalk.key(e) === key);
                  if (!field) return null;
                  field.setAttribute('data-typed', at);
                  field.focus();
                  return field.type === 'number' || ['numeric', 'decimal'].includes(field.inputMode) ? '34' : 'a.b8';
                }
                """,
                new object[] { field, at });
            texts.Add(text);
            if (text is null) continue;
            await page.Keyboard.PressAsync("Control+a");
            await page.Keyboard.TypeAsync(text, new() { Delay = MsAKey });
        }

        await PageWalk.SettleAsync(page);
        proxy.Delay = TimeSpan.Zero;
        foreach (var (at, field) in fields.Index())
        {
            if (texts[at] is not { } text) continue;
            var kept = await page.EvaluateAsync<string?>("at => document.querySelector(`[data-typed='${at}']`)?.value ?? null", at);
            if (kept != text) faults.Add($"{what}: {field}: typed “{text}”, {(kept is null ? "and it was drawn anew meanwhile" : $"has “{kept}”")}");
        }

        await page.EvaluateAsync("document.querySelectorAll('[data-typed]').forEach(field => field.removeAttribute('data-typed'))");
    }

    /// <summary>The kinds of the fields that are shown.</summary>
    public static Task<string[]> KindsAsync(IPage page) => page.EvaluateAsync<string[]>("pageWalk.fields().map(pageWalk.key)");

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

    /// <summary>Fills each field shown within a form in turn, as fast as can be, and waits until the server knows of all; fields that hide what they hold get <see cref="Secret"/>.</summary>
    /// <param name="page">A prepared page.</param>
    /// <param name="within">Where the form's fields stand, as a selector.</param>
    /// <returns>What stands in each now: what was typed into one may have changed another.</returns>
    public static async Task<List<TypedField>> FillAsync(IPage page, string within)
    {
        var kinds = await page.EvaluateAsync<string[]>("within => [...new Set(pageWalk.fields().filter(e => e.closest(within)).map(pageWalk.key))]", within);
        foreach (var (at, kind) in kinds.Index())
        {
            // What one field brought may have taken another away.
            var field = (await page.EvaluateHandleAsync("key => pageWalk.fields().find(e => pageWalk.key(e) === key) ?? null", kind)).AsElement();
            if (field is null) continue;
            var isSecret = await field.EvaluateAsync<bool>("e => e.type === 'password' || e.closest('[data-secret]') !== null");
            var isNumber = await field.EvaluateAsync<bool>("e => e.type === 'number' || ['numeric', 'decimal'].includes(e.inputMode)");
            await field.FillAsync(isSecret ? Secret : isNumber ? $"{at + 3}" : $"half {at}");
        }

        await page.EvaluateAsync("document.activeElement?.blur()");
        await PageWalk.SettleAsync(page);
        var stood = new List<TypedField>();
        foreach (var kind in kinds)
        {
            if (await page.EvaluateAsync<string?>(Read, kind) is { } text) stood.Add(new TypedField(kind, text, text == Secret));
        }

        return stood;
    }

    /// <summary>Takes note of what does not stand in its field again, and of a secret that does.</summary>
    /// <param name="page">A prepared page that was loaded anew.</param>
    /// <param name="what">What it is called in a note.</param>
    /// <param name="fields">What stood in its fields.</param>
    /// <param name="faults">The notes.</param>
    public static async Task CompareAsync(IPage page, string what, IReadOnlyList<TypedField> fields, List<string> faults)
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
