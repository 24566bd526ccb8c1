namespace LiveDash.Web.Components.Panels;

/// <summary>Why the expression of a panel has no answer, told by its feed on any thread and shown by its component; what a feed says that was replaced is not heard.</summary>
/// <param name="dispatch">Runs something where the component renders.</param>
/// <param name="changed">Renders the component.</param>
internal sealed class ExpressionNote(Action<Action> dispatch, Action changed)
{
    private int _feed;

    /// <summary>Why, or null.</summary>
    public string? Fault { get; private set; }

    /// <summary>A new feed begins; it tells by what is given back.</summary>
    public Action<string?> Begin()
    {
        var feed = ++_feed;
        Set(null);
        return fault => dispatch(() =>
        {
            if (feed == _feed) Set(fault);
        });
    }

    private void Set(string? fault)
    {
        if (fault == Fault) return;
        Fault = fault;
        changed();
    }
}
