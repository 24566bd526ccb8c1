using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Shell;

/// <summary>Every key that does something, on one card.</summary>
public sealed partial class ShortcutsDialog : ComponentBase
{
    private static readonly (string[] Keys, string Text)[] s_all =
    [
        (["Ctrl", "K"], "search or jump to a page, a dashboard, a series, a rule, something to do"),
        (["["], "show or hide the rail"),
        (["?"], "this card"),
        (["Esc"], "close what is open; leave the wall"),
        (["↑", "↓"], "move in lists, menus and the alerts"),
        (["Enter"], "open the chosen line"),
        (["A"], "acknowledge the chosen alert"),
        (["S"], "silence the chosen alert"),
        (["X"], "choose the alert among several"),
        (["←", "→", "↑", "↓"], "move a panel while editing; with Shift size it"),
    ];
}
