const headBytes = 16384;

// The drop zone of the import page: shows the file's beginning to the circuit, then sends the whole file over HTTP, which can be cancelled.
export class Import {
  constructor(element, dotnet) {
    this.zone = element.querySelector('[data-part="zone"]');
    this.input = element.querySelector('input[type="file"]');
    this.element = element;
    this.dotnet = dotnet;
    this.input.addEventListener('change', () => this.choose(this.input.files[0]));
    for (const type of ['dragenter', 'dragover']) this.zone.addEventListener(type, event => { event.preventDefault(); this.zone.classList.add('over'); });
    for (const type of ['dragleave', 'drop']) this.zone.addEventListener(type, event => { event.preventDefault(); this.zone.classList.remove('over'); });
    this.zone.addEventListener('drop', event => this.choose(event.dataTransfer.files[0]));
  }

  async choose(file) {
    if (!file || this.input.disabled) return;
    this.file = file;
    this.input.value = '';
    const head = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
    await this.dotnet.invokeMethodAsync('Chosen', file.name, file.size, file.lastModified, head);
  }

  // Resolves when the server has answered: { status, text }; status 0 when it was cancelled or the connection broke.
  upload(url) {
    return new Promise(done => {
      const request = this.request = new XMLHttpRequest();
      request.open('POST', url);
      request.setRequestHeader('Content-Type', 'application/octet-stream');
      request.upload.onprogress = event => this.tell(event.loaded, event.total);
      for (const type of ['load', 'error', 'abort']) request.addEventListener(type, () => done({ status: request.status, text: request.responseText }));
      request.send(this.file);
    });
  }

  tell(sent, total) {
    const progress = this.element.querySelector('progress');
    if (progress) progress.value = total ? sent / total : 1;
  }

  cancel() {
    this.request?.abort();
  }

  dispose() {
    this.request?.abort();
  }
}

export const attach = (element, dotnet) => new Import(element, dotnet);
