import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * What a file leaves open. The field holds the user's answers by question;
 * `file_questions` of the same record holds the questions.
 */
export class ImportQuestionsField extends Component {
  static template = "client_extension.ImportQuestionsField";
  static props = { ...standardFieldProps };

  get answers() {
    return this.props.record.data[this.props.name] || {};
  }

  /** @returns {Object[]} the questions, each with its current answer */
  get questions() {
    const questions = this.props.record.data.file_questions || [];
    return questions.map((question) => {
      const answer = this.answers[question.key] || "";
      return {
        ...question,
        answer: answer || (question.is_open ? "" : question.found),
      };
    });
  }

  async answer(question, answer) {
    const answers = { ...this.answers, [question.key]: answer };
    await this.props.record.update({ [this.props.name]: answers });
  }
}

registry.category("fields").add("client_import_questions", {
  component: ImportQuestionsField,
  supportedTypes: ["json"],
});
