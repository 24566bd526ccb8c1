using System.Reflection;
using LiveDash.Web.Components.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Playwright;

namespace LiveDash.Tests.Shared;

/// <summary>
/// Walks a page as somebody who presses everything on it that opens something: menus, dialogs, drawers, tabs, folded parts, and what those open in turn. What
/// is new on a page is found by itself. What would delete, send or save is left alone.
/// </summary>
internal static class PageWalk
{
    // Beginnings of what is there once people sign in; AccountPagesTests looks at it.
    private static readonly string[] s_ofAccounts = ["/account", "/sign-in", "/keys", "/audit"];

    // Pages that show more when their address says what.
    private static readonly Dictionary<string, string> s_queries = new(StringComparer.Ordinal)
    {
        ["grid"] = "?series=walk.load%7Bhost%3Da%7D", ["series"] = "?show=walk.load%7Bhost%3Da%7D", ["explore"] = "?series=walk.load%7Bhost%3Da%7D",
    };

    // Pages with a parameter.
    private static readonly string[] s_more = ["rules/edit/critical-one", "d/walk", "wall/walk", "d/no-such-dashboard"];

    /// <summary>Every page that needs no account, by its first route, with something on it, relative to the base; <see cref="PageWalkData"/> fills them.</summary>
    public static IReadOnlyList<string> Paths { get; } =
    [
        .. typeof(NavPage).Assembly.GetTypes().Select(static type => type.GetCustomAttributes<RouteAttribute>().FirstOrDefault()?.Template)
            .OfType<string>().Where(static route => !route.Contains('{', StringComparison.Ordinal) && !s_ofAccounts.Any(beginning => route.StartsWith(beginning, StringComparison.Ordinal))).Select(static route => route == "/" ? NavPage.First : route[1..] + s_queries.GetValueOrDefault(route[1..])).Order(StringComparer.Ordinal),
        .. s_more,
    ];

    // A line a row is enough, so what stands in rows counts by its kind; what opens something says what it holds.
    private const string Script = """
        (() => {
          const harmful = /delet|remove|save|retry|forget|\bsend|test|reset|export|download|copy|\brun\b|start|restore|duplicat|wall|full screen|notif|sound|undo|redo|theme|acknowledg|seen to|import points|apply|create|star |all dashboards|back to live|show points|choose a file|render|submit|\bmake\b|cancel|close|discard/i;
          const shown = e => e.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && e.getBoundingClientRect().width > 0;
          const opened = '[role=dialog], dialog[open], [role=menu], .mud-popover-open, details[open], [role=listbox], .chart-values:not([hidden])';
          const fields = ':is(input:not([type=checkbox], [type=radio], [type=range], [type=file], [type=color], [type=hidden], [type=date], [type=datetime-local], [type=time]), textarea):not([readonly], :disabled)';
          const key = e => {
            const row = e.closest('tr, li, [role=row], [data-panel], [role=option]');
            return `${e.tagName}.${[...e.classList].join('.')} ${row ? '' : (e.getAttribute('aria-label') || e.labels?.[0]?.textContent || e.placeholder || e.textContent || '').trim().replace(/\d+/g, '#').slice(0, 40)}`;
          };
          const name = e => `${e.getAttribute('aria-label') || ''} ${e.textContent || ''} ${e.title || ''}`;
          const mark = e => {
            document.querySelector('[data-walk]')?.removeAttribute('data-walk');
            e?.setAttribute('data-walk', '');
          };
          window.pageWalk = {
            key,
            // What one may type into, the palette apart, which is in the frame of every page.
            fields: () => [...document.querySelectorAll(fields)].filter(e => shown(e) && !e.closest('.palette')),
            // The next thing to press within what was opened, or on the page; marked, so that it can be pressed.
            next(seen, inside, frame) {
              mark(null);
              const roots = inside ? [...document.querySelectorAll(opened)].filter(shown) : [document.querySelector('main'), ...(frame ? [document.querySelector('.app-bar'), document.querySelector('.strip')] : [])].filter(Boolean);
              for (const root of roots) {
                for (const e of root.querySelectorAll(inside ? '[role=menuitem]:not(a), [role=tab], button' : 'button, summary, [role=tab], [role=button]')) {
                  if (!shown(e) || e.disabled || e.getAttribute('aria-disabled') === 'true' || harmful.test(name(e)) || seen.includes(key(e))) continue;
                  mark(e);
                  return key(e);
                }
              }
              return null;
            },
            // Marks what was pressed before, to press it again; false where it is not there.
            again(wanted) {
              const roots = [document.querySelector('main'), document.querySelector('.app-bar'), document.querySelector('.strip')].filter(Boolean);
              const found = roots.flatMap(root => [...root.querySelectorAll('button, summary, [role=tab], [role=button]')]).find(e => shown(e) && key(e) === wanted);
              mark(found);
              return !!found;
            },
            state: () => [...document.querySelectorAll(opened)].filter(shown).length * 1000 + pageWalk.fields().length
              + [...document.querySelectorAll('[role=tab]')].filter(shown).findIndex(e => e.getAttribute('aria-selected') === 'true') * 1e6,
            opened: () => [...document.querySelectorAll(opened)].filter(shown).length,
            // A question to the server and back: what it drew in answer to what was pressed is there by then.
            async settle() {
              const list = document.querySelector('.palette-list');
              const field = document.querySelector('.palette input');
              if (!list || !field) return;
              const asked = field.value = 'settle ' + Math.random();
              await new Promise(done => {
                const watch = new MutationObserver(() => { if (list.dataset.for === asked) { watch.disconnect(); done(); } });
                watch.observe(list, { attributes: true });
                field.dispatchEvent(new Event('input', { bubbles: true }));
              });
              await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
            },
          };
        })()
        """;

    /// <summary>
    /// Calls <paramref name="visit"/> for the page as it stands, then for each thing that opens on it; what opens in the frame of every page is the
    /// first page's.
    /// </summary>
    /// <param name="page">The page.</param>
    /// <param name="path">Its path.</param>
    /// <param name="visit">Called with a name of each state.</param>
    /// <param name="reopens">True to open a menu again for what else it offers, since it closes on what is chosen from it; else what comes first in it is enough.</param>
    /// <returns>How many states were visited.</returns>
    public static async Task<int> WalkAsync(IPage page, string path, Func<string, Task> visit, bool reopens = false)
    {
        await PrepareAsync(page);
        await SettleAsync(page);
        await visit(path);
        var visited = 1;
        var (home, seen, seenInside) = (page.Url, new List<string>(), new List<string>());
        while (await NextAsync(page, seen, inside: false, path == NavPage.First) is { } opener)
        {
            seen.Add(opener);
            var before = await StateAsync(page);
            if (!await PressAsync(page, home) || await StateAsync(page) == before) continue;
            await visit($"{path}, {opener}");
            visited++;
            for (var isOpen = true; isOpen;)
            {
                var pressed = 0;
                // What is pressed within a dialog is pressed once, whatever led to it.
                while (await NextAsync(page, [.. seen, .. seenInside], inside: true, frame: false) is { } item)
                {
                    seenInside.Add(item);
                    pressed++;
                    var open = await StateAsync(page);
                    if (!await PressAsync(page, home)) break;
                    if (await StateAsync(page) != open && await page.EvaluateAsync<int>("pageWalk.opened()") > 0)
                    {
                        await visit($"{path}, {opener}, {item}");
                        visited++;
                    }
                }

                await CloseAsync(page, home);
                isOpen = reopens && pressed > 0 && await page.EvaluateAsync<bool>("wanted => pageWalk.again(wanted)", opener) && await PressAsync(page, home);
            }

            if (reopens) await CloseAsync(page, home);
        }

        return visited;
    }

    /// <summary>Waits until the server has answered all that was asked of it before.</summary>
    public static Task SettleAsync(IPage page) => page.EvaluateAsync("pageWalk.settle()");

    /// <summary>Puts the walk's script on a page; <c>window.pageWalk</c> stands from then on.</summary>
    public static async Task PrepareAsync(IPage page) => await page.EvaluateAsync(Script);

    /// <summary>Goes to a page as it is at first, whatever was typed into it.</summary>
    public static async Task OpenAnewAsync(IPage page, string home)
    {
        // A form that was typed into asks whether to leave it; what was typed is no wish.
        await page.EvaluateAsync("addEventListener('beforeunload', event => event.stopImmediatePropagation(), true)");
        await page.GotoAsync(home);
        await page.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = 30_000 });
        await PrepareAsync(page);
        await SettleAsync(page);
    }

    private static Task<string?> NextAsync(IPage page, IReadOnlyList<string> seen, bool inside, bool frame) =>
        page.EvaluateAsync<string?>("([seen, inside, frame]) => pageWalk.next(seen, inside, frame)", new object[] { seen.ToArray(), inside, frame });

    private static Task<long> StateAsync(IPage page) => page.EvaluateAsync<long>("pageWalk.state()");

    // False where it led to another page: that one is walked by its own address.
    private static async Task<bool> PressAsync(IPage page, string home)
    {
        await page.EvaluateAsync("document.querySelector('[data-walk]')?.click()");
        await SettleAsync(page);
        if (new Uri(page.Url).AbsolutePath == new Uri(home).AbsolutePath) return true;
        await OpenAnewAsync(page, home);
        return false;
    }

    private static async Task CloseAsync(IPage page, string home)
    {
        for (var i = 0; i < 3 && await page.EvaluateAsync<int>("pageWalk.opened()") > 0; i++)
        {
            await page.Keyboard.PressAsync("Escape");
            await SettleAsync(page);
        }

        if (page.Url == home && await page.EvaluateAsync<int>("pageWalk.opened()") == 0) return;
        await OpenAnewAsync(page, home);
    }
}
