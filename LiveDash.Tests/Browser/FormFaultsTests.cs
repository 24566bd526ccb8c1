using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>Forms with several things wrong at once: each is said on a line of its own, seen, under or beside its field, and none is lost.</summary>
[Collection(BrowserCollection.Name)]
public sealed class FormFaultsTests(Shared.Browser browser, LiveAppFixture fixture) : IClassFixture<LiveAppFixture>
{
    // A line a fault that is seen: where its field is, what it says, and how many lines it takes.
    private const string Look = """
        (() => { window.formFaults = within => {
          const seen = e => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0;
          const root = document.querySelector(within);
          const faults = [];
          for (const field of root.querySelectorAll('[aria-invalid="true"]')) {
            const note = document.getElementById(field.getAttribute('aria-describedby'));
            const name = field.labels?.[0]?.textContent.trim() ?? field.getAttribute('aria-label');
            if (!note || !seen(note) || !seen(field)) { faults.push(`${name}: nothing is seen of what is wrong`); continue; }
            const [own, said] = [field.getBoundingClientRect(), note.getBoundingClientRect()];
            if (said.top < own.bottom - 2 && said.left < own.right - 2) faults.push(`${name}: what is wrong lies neither under it nor beside it`);
            if (said.top - own.bottom > 160) faults.push(`${name}: what is wrong is far from it`);
            const lines = note.innerText.split('\n').map(line => line.trim()).filter(Boolean);
            for (const line of lines) faults.push(`${name}: ${line}`);
            const range = document.createRange();
            range.selectNodeContents(note);
            if (new Set([...range.getClientRects()].map(rect => Math.round(rect.top))).size < lines.length) faults.push(`${name}: several faults share a line`);
          }
          for (const line of root.querySelectorAll('[role="alert"] li')) if (seen(line)) faults.push(`: ${line.innerText.trim()}`);
          return faults;
        }; })()
        """;

    private static readonly (UnsavedForm Form, (string Label, string Text)[] Texts, string? Send, string[] Faults)[] s_forms =
    [
        (new("settings/channels?add=another", "dialog[open]", "Headers and signature"), [("Name", ""), ("Address", "ftp://x"), ("Headers", "no colon\nnone here either")], "Add",
            ["Name: A channel has a name", "Address: 'url' is", "Headers: 'no colon' has no colon", "Headers: 'none here either' has no colon"]),
        (new("settings/channels?add=another", "dialog[open]", ":is(label):has([value=mail])"), [("Name", ""), ("Server", ""), ("Port", "twenty"), ("From", ""), ("To", ""), ("User", "u"), ("Password", "p")], "Add",
            ["Name: A channel", "Server: A mail channel", "Port: A port is", "From: 'from' is", "To: 'to' is", "elsewhere): A user and password are sent over TLS"]),
        (new("sources", "dialog[open]", "Add a source", "MQTT broker"), [("Name", "not a name"), ("Port", "many"), ("Topics", "")], "Save", ["Name: ", "Port: ", "Topics: "]),
        (new("sources", ".collections", "Add a connection"), [("Name", "a b"), ("Address", "no address")], "Keep connection", ["Name: A name has", "Address: The address cannot be used"]),
        (new("plots", ".composer", "New plot"), [("From", "never"), ("To", "not ever"), ("Width|Size, colours and words", "wide"), ("Height|Size, colours and words", "high")], "Submit job", ["From: ", "To: ", "Width: ", "Height: "]),
        (new("settings/windows", ".window-editor", "Override"), [("Series", "a{"), ("Size", "0"), ("Allowed lateness", "late")], null, ["Series: A series is", "Size: ", "Allowed lateness: "]),
        (new("d/faults", "dialog[open]", "All dashboards", "Variables…"), [("Name", "1 x"), ("Tag", ""), ("Of the series", "a{")], "Save", ["Name: ", "Tag: ", "Of the series: "]),
        (new("d/faults", "dialog[open]", "All dashboards", "Import…"), [("or its text", """{"name":"","panels":[{"kind":"none"},{"kind":"chart","series":["a{"]}]}""")], "Import", [": ", ": "]),
        (new("d/faults", ".panel-editor", "Add panel", "Links", "Add a link", "Add a link"), [("Address 1", "x"), ("Address 2", "y")], null,
            ["Title 1: It needs", "Address 1: An address", "Title 2: It needs", "Address 2: An address"]),
        (new("rules/new", "main"), [("Rule, as text", "mean(a, 30s) >\nand"), ("Labels", "x"), ("A series counts as missing after", "soon")], null, ["Rule, as text: ", "Labels: ", "A series counts as missing after: "]),
    ];

    public static TheoryData<int> Forms => [.. Enumerable.Range(0, s_forms.Length)];

    [BrowserTheory]
    [MemberData(nameof(Forms))]
    public async Task Form_WithSeveralFaults_SaysEachOnALineOfItsOwnAtItsField(int at)
    {
        var (form, texts, send, wanted) = s_forms[at];
        var book = fixture.App.Services.GetRequiredService<DashboardBook>();
        await book.LoadAsync(default);
        if (book.Find("faults") is null) await book.AddCopyAsync(new Dashboard { Id = "", Name = "Faults", Panels = [new() { Id = "n", Kind = PanelKind.Stat, Title = "Newest", Series = ["a"], W = 3, H = 2 }] }, default);
        await using var opened = await browser.OpenAsync(fixture.App, "/" + form.Path);
        var page = opened.Page;
        await form.OpenAsync(page);
        var root = page.Locator(form.Within);
        foreach (var (label, text) in texts)
        {
            // Behind a stroke stands what its field is folded away in; folded again, what is wrong in it must be seen all the same.
            var parts = label.Split('|');
            var folded = parts.Length > 1 ? root.Locator("summary", new() { HasText = parts[1] }) : null;
            if (folded is not null) await folded.ClickAsync();
            await root.GetByLabel(parts[0], new() { Exact = true }).First.FillAsync(text);
            if (folded is not null) await folded.ClickAsync();
        }

        if (send is not null) await root.GetByRole(AriaRole.Button, new() { Name = send, Exact = true }).ClickAsync();
        else await page.EvaluateAsync("document.activeElement?.blur()");

        await page.EvaluateAsync(Look);
        try
        {
            await page.WaitForFunctionAsync(
                "([within, wanted]) => { const found = formFaults(within); return wanted.every(one => found.some(fault => fault.includes(one))) && found.length >= wanted.length; }", new object[] { form.Within, wanted }, new() { Timeout = 15_000 });
        }
        catch (TimeoutException)
        {
            Assert.Fail($"Wanted:\n{string.Join('\n', wanted)}\nfound:\n{string.Join('\n', await page.EvaluateAsync<string[]>("within => formFaults(within)", form.Within))}");
        }

        var found = await page.EvaluateAsync<string[]>("within => formFaults(within)", form.Within);
        Assert.DoesNotContain(found, static fault => fault.Contains("nothing is seen", StringComparison.Ordinal) || fault.Contains("neither under", StringComparison.Ordinal) || fault.Contains("far from", StringComparison.Ordinal) || fault.Contains("share a line", StringComparison.Ordinal));
        Assert.Equal(found.Length, found.Distinct().Count());
    }
}
