import { AttachmentList } from "@mail/core/common/attachment_list";
import { useAttachmentUploader } from "@mail/core/common/attachment_uploader_hook";
import { MailAttachmentDropzone } from "@mail/core/common/mail_attachment_dropzone";
import { isDragSourceExternalFile } from "@mail/utils/common/misc";
import { Component, onMounted, useRef, useState } from "@odoo/owl";
import { useCustomDropzone } from "@web/core/dropzone/dropzone_hook";
import { FileModel } from "@web/core/file_viewer/file_model";
import { useFileViewer } from "@web/core/file_viewer/file_viewer_hook";
import { deserializeDateTime, formatDate } from "@web/core/l10n/dates";
import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { FileUploader } from "@web/views/fields/file_handler";
import { formatFloat } from "@web/views/fields/formatters";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** The client's own files, which can be deleted by who may change the client. */
class ClientAttachmentList extends AttachmentList {
  get showDelete() {
    return this.attachment.thread?.hasWriteAccess && super.showDelete;
  }
}

/** The files of one client: its own, then those of its documents. */
class ClientFilesOfOne extends Component {
  static template = "client_extension.ClientFilesOfOne";
  static components = { AttachmentList: ClientAttachmentList, FileUploader };
  static props = { resId: Number };

  setup() {
    this.orm = useService("orm");
    this.action = useService("action");
    this.fileViewer = useFileViewer();
    this.root = useRef("root");
    this.store = useService("mail.store");
    const thread = this.store.Thread.insert({
      model: "res.partner",
      id: this.props.resId,
    });
    this.thread = useState(thread);
    this.uploader = useAttachmentUploader(thread);
    this.state = useState({ isLoaded: false, kinds: [] });
    useCustomDropzone(
      this.root,
      MailAttachmentDropzone,
      { onDrop: (ev) => this.drop(ev) },
      () => this.canUpload,
    );
    // Not before it is drawn: what arrives for the thread would draw it again, from
    // the start.
    onMounted(() => this.load());
  }

  get canUpload() {
    return Boolean(this.thread.hasWriteAccess);
  }

  async load() {
    const [kinds] = await Promise.all([
      this.fetch(),
      this.thread.fetchThreadData(["attachments"]),
    ]);
    this.state.kinds = kinds.map((kind) => this.prepare(kind));
    this.state.isLoaded = true;
  }

  fetch(model = null, offset = 0) {
    const args = [[this.props.resId], model, offset];
    return this.orm.call("res.partner", "get_client_files", args);
  }

  /**
   * @param {Object} kind as the server sends it
   * @returns {Object} the same, with files that can be previewed
   */
  prepare(kind) {
    const files = kind.files.map((values) => Object.assign(new FileModel(), values));
    return { ...kind, files };
  }

  /** @param {Object} kind of which more files are wanted */
  async loadMore(kind) {
    const [next] = await this.fetch(kind.model, kind.files.length);
    kind.files.push(...(next ? this.prepare(next).files : []));
    kind.more = Boolean(next?.more);
  }

  /**
   * @param {FileModel} file
   * @param {Object} kind
   */
  openFile(file, kind) {
    if (file.isViewable) {
      this.fileViewer.open(file, kind.files);
    } else {
      download({ data: {}, url: file.downloadUrl });
    }
  }

  /**
   * @param {FileModel} file
   * @param {Object} kind
   */
  openDocument(file, kind) {
    return this.action.doAction({
      type: "ir.actions.act_window",
      res_model: kind.model,
      res_id: file.document_id,
      views: [[false, "form"]],
    });
  }

  /** @param {FileModel} file */
  getDetails(file) {
    const date = formatDate(deserializeDateTime(file.create_date));
    return `${date} · ${formatFloat(file.file_size, { humanReadable: true })}B`;
  }

  async drop(ev) {
    if (isDragSourceExternalFile(ev.dataTransfer)) {
      const files = [...ev.dataTransfer.files];
      await Promise.all(files.map((file) => this.uploader.uploadFile(file)));
    }
  }

  upload(data) {
    return this.uploader.uploadData(data);
  }

  remove(attachment) {
    return this.uploader.unlink(attachment);
  }
}

/** The page *Files* of the client form. */
export class ClientFiles extends Component {
  static template = "client_extension.ClientFiles";
  static components = { ClientFilesOfOne };
  static props = { ...standardWidgetProps };
}

registry.category("view_widgets").add("client_files", { component: ClientFiles });
