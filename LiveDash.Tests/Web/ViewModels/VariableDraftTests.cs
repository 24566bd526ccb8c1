using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.ViewModels;

public sealed class VariableDraftTests
{
    [Fact]
    public void Add_OfATag_IsNamedLikeItAsFarAsThatIsAName()
    {
        var draft = new VariableDraft([]);
        foreach (var tag in new[] { "host", "host", "9k8s.io/zone-a", "" }) draft.Add(tag);

        Assert.Equal(["host", "host2", "k8siozonea", "name"], draft.Rows.Select(static row => row.Name));
        Assert.False(draft.IsValid);
        Assert.NotNull(draft.Error(3, "tag"));
        for (var i = 0; i < 20; i++) draft.Add("more");
        Assert.Equal(DashboardVariable.MaxVariables, draft.Rows.Count);
        Assert.False(draft.HasRoom);
    }

    [Fact]
    public void Error_OfARow_IsAboutWhatIsKept()
    {
        var draft = new VariableDraft([new DashboardVariable { Name = " host ", Tag = " host", Default = " " }, new DashboardVariable { Name = "host", Tag = "t", Series = "cpu{" }]);

        Assert.Null(draft.Error(0, "name"));
        Assert.Contains("Another one", draft.Error(1, "name"), StringComparison.Ordinal);
        Assert.NotNull(draft.Error(1, "series"));
        Assert.Equal(new DashboardVariable { Name = "host", Tag = "host" }, draft.Kept[0]);
    }
}
