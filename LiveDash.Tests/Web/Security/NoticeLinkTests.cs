using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LiveDash.Core.Accounts.Audit;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Notifications;
using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;
using LiveDash.Web.Api.Notifications;
using LiveDash.Web.Security.Secrets;
using LiveDash.Web.Security.Sharing;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web.Security;

/// <summary>Links of notices, through the true app: what looks changes nothing, what is pressed does one thing to one alert.</summary>
public sealed class NoticeLinkTests
{
    [Fact]
    public async Task Link_OfANotice_DoesWhatIsPressedToItsAlertAndNothingElse()
    {
        await using var accounts = await AccountsApp.StartAsync(settings: "--LiveDash:Notifications:PublicUrl=https://dash.example.org");
        var (links, book) = (accounts.App.Services.GetRequiredService<NoticeLinks>(), accounts.App.Services.GetRequiredService<AlertBook>());
        var alert = await FireAsync(accounts, book);
        var token = links.Make(NoticeLinkKind.Action, alert.Episode!);
        using var reader = new Person(accounts.App, "10.1.0.1");

        // What a scanner of mail does: it looks, as often as it likes, and sends no form.
        for (var i = 0; i < 3; i++)
        {
            using var looked = await reader.PageAsync("/notice/" + token);
            Assert.Contains("Acknowledge", await looked.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using (var bare = await reader.Client.PostAsync(new Uri("/notice/" + token, UriKind.Relative), new FormUrlEncodedContent([KeyValuePair.Create("Do", "acknowledge"), KeyValuePair.Create("_handler", "notice")]))) Assert.Equal(HttpStatusCode.BadRequest, bare.StatusCode);
        Assert.False(Now(book, alert.Id).IsAcknowledged);

        using (var done = await reader.SubmitAsync("/notice/" + token, ("Do", "acknowledge"))) Assert.Contains("It is acknowledged.", await done.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True(Now(book, alert.Id).IsAcknowledged);
        // Of hours that are offered alone, by whoever it is.
        using (var forged = await reader.SubmitAsync("/notice/" + token, ("Do", "100000"))) Assert.Contains("Nothing was done", await forged.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(book.Silences());
        using (var done = await reader.SubmitAsync("/notice/" + token, ("Do", "4"))) Assert.Contains("It is silenced.", await done.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        // Done again, by however many who have the notice, it is done and noted once; for longer, the one there is goes on.
        foreach (var again in new[] { "acknowledge", "1", "4" })
        {
            using var done = await reader.SubmitAsync("/notice/" + token, ("Do", again));
            Assert.Contains(again == "acknowledge" ? "It is acknowledged." : "It is silenced.", await done.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        var silence = Assert.Single(book.Silences());
        Assert.Equal(("hot", "boiler", NoticeDesk.Person), (silence.Rule, silence.Series, silence.CreatedBy));
        Assert.Equal(["alert.silence", "alert.acknowledge"], accounts.App.Services.GetRequiredService<AuditLog>().Find(new AuditFilter(Who: NoticeDesk.Person), 10).Select(static entry => entry.Action));
        // It opens nothing else.
        foreach (var path in new[] { "/api/series", "/api/alerts" }) Assert.Equal(HttpStatusCode.Unauthorized, await reader.StatusAsync(path));
        Assert.Equal(HttpStatusCode.Gone, (await reader.PageAsync("/notice/" + links.Make(NoticeLinkKind.Picture, alert.Episode!))).StatusCode);

        await AssertPictureAsync(accounts, links, alert.Episode!);
        // The key that signs is kept encrypted.
        Assert.True((await accounts.App.Services.GetRequiredKeyedService<IDocumentStore>(SecretsServices.Plain).GetAsync(NoticeLinks.Kind, NoticeLinks.Id, default)).AsSpan().StartsWith(SealedStore.Mark));

        // Over, and the link shows so.
        await PostAsync(accounts, "{\"series\":\"boiler\",\"value\":1}");
        await Wait.UntilAsync(() => book.List().All(one => one.Id != alert.Id || !one.IsOpen), "the alert ends");
        Assert.Contains("It is over.", await (await reader.PageAsync("/notice/" + token)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_OfASeriesWithAStarInATag_SilencesItAloneAndShowsNoOther()
    {
        await using var accounts = await AccountsApp.StartAsync(settings: "--LiveDash:Notifications:PublicUrl=https://dash.example.org");
        var (links, book) = (accounts.App.Services.GetRequiredService<NoticeLinks>(), accounts.App.Services.GetRequiredService<AlertBook>());
        using var editor = await accounts.SignedInAsync("eve", LiveDash.Core.Accounts.AccountRole.Editor, "10.1.0.9");
        using var made = await editor.Client.PostAsJsonAsync(new Uri("/api/rules", UriKind.Relative), JsonDocument.Parse("{\"name\":\"hot\",\"expr\":\"last(boiler{hall=*}, 1) > 80\"}").RootElement);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        using var expression = await editor.Client.PostAsJsonAsync(new Uri("/api/rules", UriKind.Relative), JsonDocument.Parse("{\"name\":\"much\",\"expr\":\"sum(boiler) > 80\",\"language\":\"promql\"}").RootElement);
        Assert.Equal(HttpStatusCode.Created, expression.StatusCode);
        foreach (var hall in new[] { "*", "north" }) await PostAsync(accounts, "{\"series\":\"boiler\",\"tags\":{\"hall\":\"" + hall + "\"},\"value\":90}");
        await Wait.UntilAsync(() => book.List().Count(static one => one.IsOpen && one.Rule.Query is null) == 2, "both alerts fire");
        var star = book.List().Single(static one => one.IsOpen && one.Rule.Query is null && one.Series.Tag("hall") == "*");

        using var reader = new Person(accounts.App, "10.1.0.1");
        using (var done = await reader.SubmitAsync("/notice/" + links.Make(NoticeLinkKind.Action, star.Episode!), ("Do", "4"))) Assert.Contains("It is silenced.", await done.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(["*"], book.List().Where(static one => one.IsSilenced).Select(static one => one.Series.Tag("hall")));
        await AssertPictureAsync(accounts, links, star.Episode!);

        // An expression's alert is about no series, though one is called as it is.
        await Wait.UntilAsync(() => book.List().Any(static one => one.IsOpen && one.Rule.Query is not null), "the expression's alert fires");
        using var picture = await reader.Client.GetAsync(new Uri("/notice-picture/" + links.Make(NoticeLinkKind.Picture, book.List().Single(static one => one.IsOpen && one.Rule.Query is not null).Episode!), UriKind.Relative));
        await ProblemAssert.IsAsync(picture, HttpStatusCode.NotFound, "no_series");
    }

    [Fact]
    public async Task Pictures_AskedForByMany_TakeTwoPlacesOfOthersAndOneMoreThanMayWaitIsTold()
    {
        var gate = new NoticePictureGate();
        var go = new TaskCompletionSource<byte[]?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = 0;

        var asked = Enumerable.Range(0, NoticePictureGate.MaxWaiting).Select(_ => gate.RunAsync(
            () =>
            {
                Interlocked.Increment(ref begun);
                return go.Task;
            },
            default)).ToList();
        Assert.Equal(NoticePictureGate.Places, begun);
        Assert.Null(await gate.RunAsync(static () => Task.FromResult<byte[]?>([1]), default));
        go.SetResult([7]);
        Assert.All(await Task.WhenAll(asked), static picture => Assert.Equal([7], picture));
        Assert.Equal([1], await gate.RunAsync(static () => Task.FromResult<byte[]?>([1]), default));
    }

    private static async Task AssertPictureAsync(AccountsApp accounts, NoticeLinks links, string episode)
    {
        using var stranger = new Person(accounts.App, "10.1.0.2");
        var picture = links.Make(NoticeLinkKind.Picture, episode);
        using var image = await stranger.Client.GetAsync(new Uri("/notice-picture/" + picture, UriKind.Relative));
        Assert.Equal("image/png", image.Content.Headers.ContentType?.MediaType);
        Assert.True((await image.Content.ReadAsByteArrayAsync()).AsSpan().StartsWith((byte[])[0x89, (byte)'P', (byte)'N', (byte)'G']));
        using var forged = await stranger.Client.GetAsync(new Uri("/notice-picture/" + links.Make(NoticeLinkKind.Action, episode), UriKind.Relative));
        await ProblemAssert.IsAsync(forged, HttpStatusCode.Gone, "link_over");
    }

    private static LiveDash.Core.Alerts.Alert Now(AlertBook book, string id) => book.List().Single(one => one.Id == id);

    private static async Task<LiveDash.Core.Alerts.Alert> FireAsync(AccountsApp accounts, AlertBook book)
    {
        using var editor = await accounts.SignedInAsync("eve", LiveDash.Core.Accounts.AccountRole.Editor, "10.1.0.9");
        using var made = await editor.Client.PostAsJsonAsync(new Uri("/api/rules", UriKind.Relative), JsonDocument.Parse("{\"name\":\"hot\",\"expr\":\"last(boiler, 1) > 80\"}").RootElement);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        await PostAsync(accounts, "{\"series\":\"boiler\",\"value\":90}");
        await Wait.UntilAsync(() => book.List().Any(static one => one.IsOpen), "the alert fires");
        return book.List().Single(static one => one.IsOpen);
    }

    private static async Task PostAsync(AccountsApp accounts, string point)
    {
        using var editor = await accounts.SignedInAsync("eve", LiveDash.Core.Accounts.AccountRole.Editor, "10.1.0.9");
        using var sent = await editor.Client.PostAsync(new Uri("/api/points", UriKind.Relative), new StringContent(point, System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
    }
}
